-- What agents' time was: logged in, available, on contacts, in after-contact work, with occupancy and utilisation, and
-- the offers that came to nothing. Time belongs to the days, on the centre's clock, in which it was spent.
WITH delivered AS (
    SELECT * FROM contacts
    -- Nothing is delivered before it happened, and any time afterwards it may be corrected.
    WHERE day >= CAST(CAST(CAST(:from_day AS date) - INTERVAL '1' DAY AS date) AS varchar)
),
-- include parts/newest.sql
told AS (
    -- Of two spans with one beginning, what was told holds before what was inferred, and what lasted before what did
    -- not. Of one state, the told span that ended first holds, and the inferred one that ended last.
    SELECT
        *,
        row_number() OVER (
            PARTITION BY username, since
            ORDER BY
                coalesce(inferred, false),
                CASE WHEN until = since THEN 1 ELSE 0 END,
                state,
                CASE WHEN coalesce(inferred, false) THEN since ELSE until END,
                until DESC
        ) AS place
    FROM agent_states
    WHERE kind = 'state'
        AND day >= CAST(CAST(CAST(:from_day AS date) - INTERVAL '1' DAY AS date) AS varchar)
),
settled AS (
    -- Where two overlap, the one that began later holds: an agent has one status at a time.
    SELECT
        username,
        state,
        since,
        least(until, coalesce(lead(since) OVER (PARTITION BY username ORDER BY since), until)) AS until
    FROM told
    WHERE place = 1
),
worked AS (
    SELECT
        agent AS username,
        answered_at AS since,
        answered_at + (talked_seconds + held_seconds) * INTERVAL '1' SECOND AS wrapped_at,
        answered_at + (talked_seconds + held_seconds + wrapped_seconds) * INTERVAL '1' SECOND AS until
    FROM newest
    WHERE agent IS NOT NULL AND answered_at IS NOT NULL
        AND initiation_method IN ('INBOUND', 'API', 'WEBRTC_API', 'TRANSFER', 'QUEUE_TRANSFER', 'CALLBACK')
),
spans AS (
    SELECT username, CASE WHEN state = 'Available' THEN 'available' ELSE 'unavailable' END AS spent, since, until
    FROM settled WHERE state <> 'Offline'
    UNION ALL
    SELECT username, 'on contact' AS spent, since, wrapped_at AS until FROM worked
    UNION ALL
    SELECT username, 'after contact' AS spent, wrapped_at AS since, until FROM worked
),
local AS (
    SELECT
        spans.*,
        CAST(CAST(at_timezone(with_timezone(since, 'UTC'), :time_zone) AS timestamp) AS date) AS first_day,
        CAST(CAST(at_timezone(with_timezone(until, 'UTC'), :time_zone) AS timestamp) AS date) AS last_day
    FROM spans
    WHERE until > since
),
split AS (
    SELECT
        local.*,
        CAST(days.each_day AS date) AS spent_on,
        CAST(at_timezone(with_timezone(CAST(CAST(days.each_day AS date) AS timestamp), :time_zone), 'UTC') AS timestamp)
            AS day_begins,
        CAST(at_timezone(with_timezone(
            CAST(CAST(days.each_day AS date) + INTERVAL '1' DAY AS timestamp), :time_zone), 'UTC') AS timestamp)
            AS day_ends
    FROM local
    CROSS JOIN UNNEST(sequence(first_day, last_day, INTERVAL '1' DAY)) AS days (each_day)
),
time_spent AS (
    SELECT
        username,
        spent,
        date_diff('second', greatest(since, day_begins), least(until, day_ends)) AS seconds
    FROM split
    WHERE spent_on BETWEEN CAST(:from_day AS date) AND CAST(:to_day AS date)
        AND least(until, day_ends) > greatest(since, day_begins)
),
offered AS (
    -- An offer is told when it is over, and again when the agent clears it.
    SELECT *, row_number() OVER (PARTITION BY username, since, contact_id ORDER BY version) AS place
    FROM agent_states
    WHERE kind = 'offer'
        AND day >= CAST(CAST(CAST(:from_day AS date) - INTERVAL '1' DAY AS date) AS varchar)
        AND CAST(CAST(at_timezone(with_timezone(since, 'UTC'), :time_zone) AS timestamp) AS date)
            BETWEEN CAST(:from_day AS date) AND CAST(:to_day AS date)
),
offers AS (
    SELECT * FROM offered WHERE place = 1
),
entries AS (
    SELECT username, spent, seconds, 0 AS missed, 0 AS abandoned FROM time_spent
    UNION ALL
    SELECT
        username,
        'offer' AS spent,
        0 AS seconds,
        CASE WHEN outcome = 'missed' THEN 1 ELSE 0 END AS missed,
        CASE WHEN outcome = 'missed' THEN 0 ELSE 1 END AS abandoned
    FROM offers
),
sums AS (
    SELECT
        username,
        sum(CASE WHEN spent = 'available' THEN seconds ELSE 0 END) AS available_seconds,
        sum(CASE WHEN spent = 'unavailable' THEN seconds ELSE 0 END) AS unavailable_seconds,
        sum(CASE WHEN spent = 'on contact' THEN seconds ELSE 0 END) AS worked_contact_seconds,
        sum(CASE WHEN spent = 'after contact' THEN seconds ELSE 0 END) AS worked_after_contact_seconds,
        sum(missed) AS offers_missed,
        sum(abandoned) AS offers_abandoned
    FROM entries
    GROUP BY username
)
SELECT
    username AS agent,
    available_seconds + unavailable_seconds AS logged_in_seconds,
    available_seconds,
    unavailable_seconds,
    worked_contact_seconds,
    worked_after_contact_seconds,
    greatest(0, available_seconds - worked_contact_seconds - worked_after_contact_seconds) AS idle_seconds,
    1E2 * (worked_contact_seconds + worked_after_contact_seconds) / nullif(
        greatest(available_seconds, worked_contact_seconds + worked_after_contact_seconds), 0) AS occupancy_percent,
    1E2 * (worked_contact_seconds + worked_after_contact_seconds)
        / nullif(available_seconds + unavailable_seconds, 0) AS utilisation_percent,
    offers_missed,
    offers_abandoned
FROM sums
ORDER BY agent
