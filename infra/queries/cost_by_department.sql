-- What contacts cost by department of their queue, from the price list that was current at deployment: telephony,
-- transcription, storage over its whole life, orchestration, and agents' time. Contacts count by when they began;
-- those without a queue, and queues without a department, stand under "-". Fixed costs are not shared out.
WITH delivered AS (
    SELECT * FROM contacts
    -- Nothing is delivered before it happened, and any time afterwards it may be corrected.
    WHERE day >= CAST(CAST(CAST(:from_day AS date) - INTERVAL '1' DAY AS date) AS varchar)
),
-- include parts/newest.sql
asked AS (
    SELECT
        newest.*,
        talked_seconds + held_seconds AS conversed_seconds,
        channel = 'VOICE' AND agent IS NOT NULL AND recorded AS is_recorded
    FROM newest
    WHERE CAST(CAST(at_timezone(with_timezone(initiated_at, 'UTC'), :time_zone) AS timestamp) AS date)
        BETWEEN CAST(:from_day AS date) AND CAST(:to_day AS date)
),
used AS (
    SELECT
        coalesce(department, '-') AS department,
        CASE WHEN channel = 'VOICE' THEN greatest(10, CASE
            WHEN disconnected_at IS NOT NULL THEN date_diff('second', initiated_at, disconnected_at)
            WHEN enqueued_at IS NOT NULL
                THEN date_diff('second', initiated_at, enqueued_at) + waited_seconds + conversed_seconds
            ELSE 0 END) ELSE 0 END AS voice_seconds,
        CASE WHEN is_recorded THEN conversed_seconds ELSE 0 END AS recorded_seconds,
        CASE WHEN is_recorded THEN greatest(15, conversed_seconds) ELSE 0 END AS transcribed_seconds,
        CASE WHEN agent IS NOT NULL THEN conversed_seconds + wrapped_seconds ELSE 0 END AS agent_seconds,
        CASE WHEN enqueued_at IS NOT NULL THEN 1 ELSE 0 END AS queued,
        CASE WHEN agent IS NOT NULL THEN 1 ELSE 0 END AS answered,
        CASE WHEN is_recorded THEN 1 ELSE 0 END AS recorded
    FROM asked
),
costs AS (
    SELECT
        department,
        count(*) AS contacts,
        sum(voice_seconds) / 6E1 AS voice_minutes,
        sum(agent_seconds) / 3.6E3 AS agent_hours,
        sum(voice_seconds) / 6E1 * (:voice_minute + :inbound_minute) AS telephony,
        sum(transcribed_seconds) / 6E1 * :transcription_minute AS transcription,
        -- 32,000 bytes a second of two channels, for as long as recordings are kept.
        sum(recorded_seconds) * 3.2E4 / 1.073741824E9 * (:retention_days / 3.04375E1) * :storage_gb_month AS storage,
        count(*) * :stage_every_contact + sum(queued) * :stage_queued + sum(answered) * :stage_answered
            + sum(recorded) * (:stage_recorded + :stage_transcribed) AS orchestration,
        sum(agent_seconds) / 3.6E3 * :agent_hour AS agent_time
    FROM used
    GROUP BY department
)
SELECT
    department,
    contacts,
    voice_minutes,
    agent_hours,
    telephony,
    transcription,
    storage,
    orchestration,
    agent_time,
    telephony + transcription + storage + orchestration + agent_time AS total,
    (telephony + transcription + storage + orchestration + agent_time) / contacts AS cost_per_contact
FROM costs
ORDER BY total DESC, department
