// Every sentence the scripts say, in one place for a translator.
export const words = {
  saving: "сохраняется…",
  saved: (at) => `сохранено ${at}`,
  unsaved: "не сохранено: нет связи. Отправим сами, когда она появится.",
  locked: "не сохранено: нужен пароль.",
  signedOut: "не сохранено: вы вышли из журнала.",
  otherAccount: "Эта страница открыта под другим именем. Обновите её.",
  broken: "Журнал ответил непонятно. Внесённое хранится на этом устройстве.",
  pending: " Страницы обновятся через минуту.",
  late: (delay) => `внесено после срока ${delay}`,
  readOnly: "здесь можно только смотреть",
  outside: "в этот день ученика не было в списке класса",
  manner: { online: "за работу онлайн", independent: "за самостоятельную работу" },
  elsewhere: "эти отметки ставят на странице литературы, к уроку которой они относятся",
  literacy: (value) => `, грамотность ${value} — на странице русского языка`,
  fractionHere: "дробь не сохранена: её ставят только в столбец с двумя частями, например за диктант с заданием",
  oneToFive: "отметка — от 1 до 5",
  fractionHalf: "дробь не закончена и не сохранена: нужны обе части, например 4/3",
  typing: "ещё цифра или «/»; Enter — дальше",
  askLate: "Запросить внесение",
  asked: "запрос отправлен, ждёт решения",
  dismiss: "Понятно",
  history: "История",
  imported: "по данным переноса",
  cameLate: (value) => `Пришёл позже: снять «н» и поставить ${value}`,
  oldMean: "изменится, когда страница откроется заново",
  filled: (at, by) => `заполнено сегодня ${at} ${by}`,
  is: "есть:",
  draft: "не отправлено: набрано здесь раньше",
  malformed: "Журнал не принял это: текст слишком длинный или в нём есть недопустимые знаки. Поправьте его и сохраните снова.",
  conflict: (by, value, at) => (by ? `${by} за это время: ${value} (${at}).` : `За это время здесь стало: ${value}.`),
  mine: (value) => `моё: ${short(value)}`,
  theirs: (value) => `оставить: ${short(value)}`,
  there: (by, value, at) => `Там стоит: ${value} (${by}, ${at}).`,
  withoutClass: "Записать без этого класса",
  notSet: "отмечено: не задано",
  empty: "пусто",
  due: ({ due, open, ahead, elsewhere }) => (open || ahead || elsewhere ? `срок до ${due}` : `срок прошёл ${due}`),
  scope: { mark: "эту отметку", column: "весь столбец", attendance: "присутствие на уроке", topic: "тему", homework: "домашнее задание", lesson: "весь урок: тему, присутствие, отметки, задание" },
  allPresent: "Все на месте",
  asMarked: "как отмечено здесь",
  restPresent: "Остальные на месте",
  present: "присутствие отмечено",
  absent: (names) => `нет: ${names}`,
  wrongPassword: "Пароль не подошёл.",
  chooseCases: "Выберите хотя бы один запрос.",
  reasonNeeded: "Чтобы отклонить, напишите причину.",
  chooseReason: "Выберите причину.",
  sayWhy: "Напишите почему.",
  lastBeforeFirst: "Последний день пропуска раньше первого.",
  keepReason: "Чтобы оставить «н», напишите причину.",
  dispute: "Оспорить",
  takeAbsence: "Снять «н»",
  putAbsence: "Поставить «н»",
  decided: "Решено.",
  nothingToFill: "Ни одной новой отметки не введено.",
  badMark: (fraction) => (fraction ? "Отметка — цифра от 1 до 5 или дробь вроде 4/3." : "Отметка — цифра от 1 до 5."),
  columnClosed: (due) => `Срок столбца прошёл ${due}: без разрешения он не сохранится.`,
  withdrawColumn: { title: (what) => `Убрать столбец «${what}»?`, text: "В нём нет ни одной отметки. В истории останется, кто его завёл и кто убрал.", yes: "Убрать", no: "Оставить" },
  notSaved: "не сохранено",
  refused: "отказано",
  forget: "Убрать из списка",
  signOut: (n) => `Не сохранено: ${n}. Выйти и стереть?`,
  did: { DefinePeriod: "отчётный период", WithdrawPeriod: "отчётный период", ScheduleHoliday: "каникулы", WithdrawHoliday: "каникулы", SetBells: "звонки", AssignBells: "звонки классам", SetDayBells: "звонки дня", DeclareDistance: "дистанционные дни", EndDistance: "конец дистанционных дней", RegisterOutage: "отключение журнала", ScheduleSlots: "урок в расписание", EndSlot: "урок из расписания", MoveSlot: "место в расписании", CancelLesson: "отмена урока", RestoreLesson: "возврат урока", MoveLesson: "перенос урока", ScheduleExtraLesson: "занятие вне расписания", WithdrawExtraLesson: "снятие занятия", GiveMark: "отметка", WithdrawMark: "снятие отметки", NoteAbsence: "«н»", WithdrawAbsence: "снятие «н»", FillColumn: "столбец отметок", AddWork: "новая работа", WithdrawWork: "удаление столбца", TakeAttendance: "присутствие", RecordTopic: "тема урока", SetHomework: "домашнее задание", SetNoHomework: "«не задано»", SetIndividualHomework: "индивидуальное задание", RecordBriefing: "инструктаж", CompleteLesson: "завершение урока", AttachLink: "ссылка", WithdrawMaterial: "удаление материала", RequestLateEntry: "запрос внесения", RecordSubstitutions: "замены", CancelSubstitution: "отмена замены", RecordStaffAbsence: "отсутствие учителя", ReturnTeacher: "возвращение учителя", RecordLongSubstitution: "долгая замена", EndLongSubstitution: "конец долгой замены", GrantPeriodMarks: "отметки за период", NumberOrder: "номер приказа", ExplainAbsences: "причина пропусков", WithdrawExplanation: "снятие причины", DisputeAbsence: "спор о «н»", DecideDispute: "решение спора" },
  nothingChosen: "Выберите файл.",
  tooLarge: "Файл больше 10 МБ. Уменьшите его или приложите ссылку.",
  sendingFile: "файл отправляется…",
  fileLost: "Файл не отправлен: нет связи. Приложите его ещё раз.",
  noLink: "Введите адрес страницы.",
  completed: "Урок завершён",
  briefing: "Проведён инструктаж по технике безопасности",
  substitutions: {
    nobody: "Выберите, кто отсутствует.",
    nothing: "Ни одного урока не закрыто: выберите, кто заменит.",
    noPage: "Выберите страницы журнала.",
    ready: (n, all) => `${n} из ${all}`,
    rest: (n) => `Остальные (${n}):`,
    without: (name) => `Убрать: ${name}`,
    back: (name, ahead) => ({ title: `${name}: на работе?`, text: ahead ? `Замены впереди (${ahead}) отменятся, уроки вернутся к учителю. Прошедшие останутся.` : "Отсутствие закончится вчерашним днём.", yes: "Вернулся", no: "Нет" }),
    cancel: (what) => ({ title: `Отменить замену: ${what}?`, text: "Доступ заменяющего закроется сразу, урок вернётся к основному учителю. Записанное останется.", yes: "Отменить замену", no: "Оставить" }),
  },
  loading: "читаем…",
  noNetwork: "Нет связи с журналом. Ничего не потеряно: нажмите ещё раз, когда она появится.",
  yes: "Да",
  no: "Нет",
  noHistory: "История сейчас не читается: нет связи с журналом.",
};

// The point of an act, "" where the act is silent: a note that it says nothing is for whoever writes the regulation.
export const point = (clause) => (/^(п+\. ?)?\d/.test(clause ?? "") ? clause : "");

// The clause of a refusal is said once: most sentences name it themselves.
export function refusal({ sentence, clause }) {
  return point(clause) && !/п\. \d/.test(sentence) ? `${sentence} (${clause})` : sentence;
}

function short(text) {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

// By the school's clock, wherever the teacher's own stands.
const clock = { hour: "2-digit", minute: "2-digit", timeZone: document.body.dataset.zone || undefined };
export const hhmm = (text) => new Date(text).toLocaleTimeString("ru", clock);

export function delay(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return "меньше чем на минуту";
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60)];
  if (days) return `на ${days} дн ${hours % 24} ч`;
  return hours ? `на ${hours} ч ${String(minutes % 60).padStart(2, "0")} мин` : `на ${minutes} мин`;
}
