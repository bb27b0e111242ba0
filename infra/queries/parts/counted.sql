-- include parts/newest.sql
placed AS (
    -- Outbound calls, and supervisors who listen in, are not counted.
    SELECT
        newest.*,
        CASE WHEN is_queued THEN enqueued_at ELSE initiated_at END AS arrived_at,
        CASE WHEN is_queued OR (is_callback AND queue IS NOT NULL) THEN 'queue' ELSE 'center' END AS scope,
        CASE WHEN is_queued OR (is_callback AND queue IS NOT NULL) THEN queue ELSE '-' END AS key,
        is_queued AND coalesce(outcome = 'answered', false) AS is_answered
    FROM newest
    WHERE initiation_method IN ('INBOUND', 'API', 'WEBRTC_API', 'TRANSFER', 'QUEUE_TRANSFER', 'CALLBACK')
),
counted AS (
    -- What each contact adds to the counters by arrival (docs/metrics.md).
    SELECT
        contact_id, version, scope, key, channel, language, department, disposition, arrived_at,
        CAST(at_timezone(with_timezone(arrived_at, 'UTC'), :time_zone) AS timestamp) AS arrived_local,
        CASE WHEN is_callback THEN 0 ELSE 1 END AS contacts,
        CASE WHEN is_queued THEN 1 ELSE 0 END AS offered,
        CASE WHEN is_answered THEN 1 ELSE 0 END AS answered,
        CASE WHEN NOT is_callback AND outcome = 'abandoned' THEN 1 ELSE 0 END AS abandoned,
        CASE WHEN is_queued AND outcome = 'abandoned' AND waited_seconds <= short_abandon_seconds
            THEN 1 ELSE 0 END AS abandoned_short,
        CASE WHEN NOT is_callback AND outcome = 'ended_in_menu' THEN 1 ELSE 0 END AS ended_in_menu,
        CASE WHEN NOT is_callback AND outcome = 'ended_by_flow' THEN 1 ELSE 0 END AS ended_by_flow,
        CASE WHEN NOT is_callback AND outcome = 'callback' THEN 1 ELSE 0 END AS callbacks,
        CASE WHEN NOT is_callback AND outcome = 'transferred' THEN 1 ELSE 0 END AS transferred,
        CASE WHEN is_answered AND waited_seconds <= service_target_seconds THEN 1 ELSE 0 END AS answered_in_target,
        CASE WHEN is_queued AND outcome = 'abandoned' AND waited_seconds <= service_target_seconds
            THEN 1 ELSE 0 END AS abandoned_in_target,
        CASE WHEN is_answered THEN waited_seconds ELSE 0 END AS wait_answered_seconds,
        CASE WHEN is_queued AND outcome = 'abandoned' THEN waited_seconds ELSE 0 END AS wait_abandoned_seconds,
        CASE WHEN is_answered THEN talked_seconds ELSE 0 END AS talk_seconds,
        CASE WHEN is_answered THEN held_seconds ELSE 0 END AS hold_seconds,
        CASE WHEN is_answered AND holds > 0 THEN 1 ELSE 0 END AS held,
        CASE WHEN is_answered THEN wrapped_seconds ELSE 0 END AS after_contact_work_seconds,
        CASE WHEN NOT is_callback AND survey_score IS NOT NULL THEN 1 ELSE 0 END AS survey_answers,
        CASE WHEN NOT is_callback AND survey_score >= 4 THEN 1 ELSE 0 END AS survey_satisfied,
        CASE WHEN NOT is_callback AND survey_score <= 2 THEN 1 ELSE 0 END AS survey_dissatisfied,
        CASE WHEN NOT is_callback THEN coalesce(survey_score, 0) ELSE 0 END AS survey_score_sum,
        CASE WHEN is_queued AND initiation_method IN ('TRANSFER', 'QUEUE_TRANSFER') THEN 1 ELSE 0 END AS transfers_in,
        CASE WHEN is_answered AND placed.transferred THEN 1 ELSE 0 END AS transfers_out,
        CASE WHEN is_callback THEN 1 ELSE 0 END AS callbacks_attempted,
        CASE WHEN is_callback AND answered_at IS NOT NULL THEN 1 ELSE 0 END AS callbacks_connected,
        CASE WHEN is_callback AND answered_at IS NULL AND outcome IN ('abandoned', 'ended_in_menu', 'ended_by_flow')
            THEN 1 ELSE 0 END AS callbacks_given_up,
        CASE WHEN is_callback AND answered_at > initiated_at
            THEN date_diff('second', initiated_at, answered_at) ELSE 0 END AS callback_wait_seconds,
        CASE WHEN is_queued THEN waited_seconds ELSE 0 END AS longest_wait_seconds
    FROM placed
),
