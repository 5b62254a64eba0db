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
  fractionHere: "дробь ставится только в столбец с двумя частями, например за диктант с заданием",
  fractionHalf: "дробь не закончена и не сохранена: нужны обе части, например 4/3",
  typing: "ещё цифра или «/»; Enter — дальше",
  askLate: "Запросить внесение",
  asked: "запрос отправлен, ждёт решения",
  dismiss: "Понятно",
  history: "История",
  imported: "по данным переноса",
  conflict: (by, value, at) => (by ? `${by} за это время: ${value} (${at}).` : `За это время здесь стало: ${value}.`),
  mine: (value) => `моё: ${short(value)}`,
  theirs: (value) => `оставить: ${short(value)}`,
  there: (by, value, at) => `Там стоит: ${value} (${by}, ${at}).`,
  withoutClass: "Записать без этого класса",
  notSet: "отмечено: не задано",
  empty: "пусто",
  due: ({ due, open, ahead }) => (open || ahead ? `срок до ${due}` : `срок прошёл ${due}`),
  scope: { mark: "эту отметку", column: "весь столбец", attendance: "присутствие на уроке", topic: "тему", homework: "домашнее задание", lesson: "весь урок: тему, присутствие, отметки, задание" },
  allPresent: "Все на месте",
  asMarked: "как отмечено здесь",
  restPresent: "Остальные на месте",
  present: "присутствие отмечено",
  absent: (names) => `нет: ${names}`,
  wrongPassword: "Пароль не подошёл.",
  chooseCases: "Выберите хотя бы один запрос.",
  reasonNeeded: "Чтобы отклонить, напишите причину.",
  decided: "Решено.",
  nothingToFill: "Ни одной новой отметки не введено.",
  badMark: "Отметка — цифра от 1 до 5 или дробь вроде 4/3.",
  withdrawColumn: "Убрать столбец? Отметки в нём останутся в истории.",
  notSaved: "не сохранено",
  refused: "отказано",
  forget: "Убрать из списка",
  signOut: (n) => `Не сохранено: ${n}. Выйти и стереть?`,
  did: { GiveMark: "отметка", WithdrawMark: "снятие отметки", NoteAbsence: "«н»", WithdrawAbsence: "снятие «н»", FillColumn: "столбец отметок", AddWork: "новая работа", WithdrawWork: "удаление столбца", TakeAttendance: "присутствие", RecordTopic: "тема урока", SetHomework: "домашнее задание", SetNoHomework: "«не задано»", SetIndividualHomework: "индивидуальное задание", RequestLateEntry: "запрос внесения" },
  loading: "читаем…",
  noHistory: "История сейчас не читается: нет связи с журналом.",
};

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
