"""What drawings say, in English and Korean: names of actions, of ways out, and the legend."""

from __future__ import annotations

import re
from typing import Literal, get_args

Language = Literal["en", "ko"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_ACTIONS = {
    "AssociateContactToCustomerProfile": ("Link customer profile", "고객 프로필 연결"),
    "CheckHoursOfOperation": ("Open now?", "영업 시간인가?"),
    "CheckMetricData": ("Check queue", "대기열 확인"),
    "CheckOutboundCallStatus": ("Who answered?", "누가 받았나?"),
    "CheckVoiceId": ("Check voice", "음성 확인"),
    "Compare": ("Check", "확인"),
    "CompleteOutboundCall": ("Complete outbound call", "발신 통화 연결"),
    "ConnectParticipantWithLexBot": ("Listen (bot)", "말 듣기 (봇)"),
    "CreateCallbackContact": ("Create callback", "콜백 만들기"),
    "CreateCase": ("Create case", "케이스 만들기"),
    "CreateCustomerProfile": ("Create customer profile", "고객 프로필 만들기"),
    "CreatePersistentContactAssociation": ("Continue chat", "채팅 이어 가기"),
    "CreateTask": ("Create task", "작업 만들기"),
    "CreateWisdomSession": ("Assist agent", "상담원 지원"),
    "DequeueContactAndTransferToQueue": ("Move to queue", "대기열 옮기기"),
    "DisconnectParticipant": ("Hang up", "전화 끊기"),
    "DistributeByPercentage": ("Split by share", "비율로 나누기"),
    "EndFlowExecution": ("End of flow", "플로우 끝"),
    "EndFlowModuleExecution": ("Return", "돌아가기"),
    "GetCase": ("Look up case", "케이스 조회"),
    "GetCustomerProfile": ("Look up customer", "고객 조회"),
    "GetCustomerProfileObject": ("Look up customer data", "고객 정보 조회"),
    "GetMetricData": ("Look up queue", "대기열 조회"),
    "GetParticipantInput": ("Ask", "입력 받기"),
    "GetUserInput": ("Ask", "입력 받기"),
    "InvokeFlowModule": ("Module", "모듈"),
    "InvokeLambdaFunction": ("Function", "함수"),
    "Loop": ("Repeat", "반복"),
    "MessageParticipant": ("Say", "말하기"),
    "MessageParticipantIteratively": ("Say in turn", "차례로 말하기"),
    "ResumeContact": ("Resume contact", "컨택 재개"),
    "SendNotification": ("Notify", "알림 보내기"),
    "ShowView": ("Show page", "화면 보이기"),
    "StartVoiceIdStream": ("Start voice check", "음성 확인 시작"),
    "TagContact": ("Tag contact", "컨택 태그"),
    "TransferContactToAgent": ("To agent", "상담원에게"),
    "TransferContactToQueue": ("To queue", "대기열로"),
    "TransferParticipantToThirdParty": ("To outside number", "외부 번호로"),
    "TransferToFlow": ("To flow", "다른 플로우로"),
    "UnTagContact": ("Untag contact", "컨택 태그 삭제"),
    "UpdateCase": ("Update case", "케이스 변경"),
    "UpdateContactAttributes": ("Set attributes", "속성 설정"),
    "UpdateContactCallbackNumber": ("Set callback number", "콜백 번호 설정"),
    "UpdateContactData": ("Set contact data", "컨택 정보 설정"),
    "UpdateContactEventHooks": ("Set flow", "플로우 지정"),
    "UpdateContactMediaProcessing": ("Process media", "미디어 처리"),
    "UpdateContactMediaStreamingBehavior": ("Stream media", "미디어 스트리밍"),
    "UpdateContactRecordingAndAnalyticsBehavior": ("Set recording", "녹음 설정"),
    "UpdateContactRecordingBehavior": ("Set recording", "녹음 설정"),
    "UpdateContactRoutingBehavior": ("Set priority", "우선순위 설정"),
    "UpdateContactRoutingCriteria": ("Set routing criteria", "라우팅 기준 설정"),
    "UpdateContactTargetQueue": ("Set queue", "대기열 지정"),
    "UpdateContactTextToSpeechVoice": ("Set voice", "목소리 설정"),
    "UpdateCustomerProfile": ("Update customer", "고객 정보 변경"),
    "UpdateFlowAttributes": ("Set flow attributes", "플로우 속성 설정"),
    "UpdateFlowLoggingBehavior": ("Set logging", "로그 설정"),
    "UpdatePreviousContactParticipantState": ("Set other party", "상대방 상태 설정"),
    "Wait": ("Wait", "기다리기"),
}

_BRANCHES = {
    "CallFailed": ("call failed", "통화 실패"),
    "ContinueLooping": ("again", "다시"),
    "DoneLooping": ("done", "완료"),
    "False": ("no", "아니요"),
    "InputTimeLimitExceeded": ("silence", "무응답"),
    "InvalidPhoneNumber": ("wrong number", "잘못된 번호"),
    "NextAction": ("otherwise", "그 밖"),
    "NoMatchingCondition": ("otherwise", "그 밖"),
    "NoMatchingError": ("error", "오류"),
    "QueueAtCapacity": ("queue is full", "대기열 가득 참"),
    "TimeLimitExceeded": ("time is up", "시간 초과"),
    "True": ("yes", "예"),
}

_WORDS = {
    "action count": ("{count} actions", "동작 {count}개"),
    "answers": ("answers {covered} of {all}", "분기 {all}개 중 {covered}개"),
    "branch": ("Branch", "분기"),
    "chart": (
        "Flow chart, read from left to right, with {count} actions. It starts with: {start}",
        "왼쪽에서 오른쪽으로 읽는 플로우 차트. 동작 {count}개. 시작: {start}",
    ),
    "covered": ("{covered} of {all} branches tested", "분기 {all}개 중 {covered}개 시험함"),
    "error way": ("on an error", "오류일 때"),
    "integration": ("Function or lookup", "함수, 조회"),
    "jump": ("continues at the box named", "이름이 적힌 상자로 이어짐"),
    "missing": ("Missing action", "없는 동작"),
    "next": ("then", "다음"),
    "participant": ("Speaks with the caller", "고객과 대화"),
    "repeat way": ("goes back", "되돌아감"),
    "setting": ("Setting", "설정"),
    "start": ("Start", "시작"),
    "taken": ("way of the call, in order", "통화가 지나간 길과 순서"),
    "terminate": ("Ends or hands over", "끝, 넘기기"),
    "times": ("{count} times", "{count}번"),
    "uncovered": ("never tested", "시험되지 않음"),
    "unreachable": ("not reachable", "도달할 수 없음"),
    "way": ("goes on", "이어짐"),
}


def action_words(type_name: str, language: Language) -> str:
    """Return what an action of a type does, in a word or two; of an unknown type its name, split.

    Examples
    --------
    >>> action_words("MessageParticipant", "en"), action_words("DoSomethingNew", "en")
    ('Say', 'Do something new')
    """
    if type_name in _ACTIONS:
        return _ACTIONS[type_name][LANGUAGES.index(language)]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type_name).capitalize() or "?"


def branch_words(branch: str, language: Language) -> str:
    """Return what a branch means; an unknown error type is split into words."""
    if branch in _BRANCHES:
        return _BRANCHES[branch][LANGUAGES.index(language)]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", branch).lower()


def say(key: str, language: Language, **values: object) -> str:
    """Return a phrase of the drawing itself."""
    return _WORDS[key][LANGUAGES.index(language)].format(**values)
