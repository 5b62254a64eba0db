-- act: of a reinstatement the Act whose void is asked for again; else the Act that made the case necessary
ALTER TABLE pages.corrections ADD COLUMN act uuid;
ALTER TABLE pages.staging_corrections ADD COLUMN act uuid;
