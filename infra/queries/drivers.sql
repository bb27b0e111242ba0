-- What drives volume and dissatisfaction on the days asked: queues, categories of what was said, dispositions and
-- languages, each with its share of all contacts, its handle time, its abandonment and how its customers scored.
-- A conversation may be of several categories.
WITH delivered AS (
    SELECT * FROM contacts
    -- Nothing is delivered before it happened, and any time afterwards it may be corrected.
    WHERE day >= CAST(CAST(CAST(:from_day AS date) - INTERVAL '1' DAY AS date) AS varchar)
),
-- include parts/counted.sql
asked AS (
    SELECT * FROM counted
    WHERE CAST(arrived_local AS date) BETWEEN CAST(:from_day AS date) AND CAST(:to_day AS date)
),
analysed AS (
    SELECT *, row_number() OVER (PARTITION BY contact_id ORDER BY version DESC) AS place
    FROM analyses
    WHERE day >= CAST(CAST(CAST(:from_day AS date) - INTERVAL '1' DAY AS date) AS varchar)
),
said AS (
    SELECT analysed.contact_id, named.category
    FROM analysed
    CROSS JOIN UNNEST(analysed.categories) AS named (category)
    WHERE analysed.place = 1
),
driven AS (
    SELECT 'queue' AS driver, key AS name, asked.* FROM asked WHERE scope = 'queue'
    UNION ALL
    SELECT 'category' AS driver, said.category AS name, asked.*
    FROM asked INNER JOIN said ON said.contact_id = asked.contact_id
    UNION ALL
    SELECT 'disposition' AS driver, disposition AS name, asked.* FROM asked WHERE disposition IS NOT NULL
    UNION ALL
    SELECT 'language' AS driver, language AS name, asked.* FROM asked WHERE language IS NOT NULL
),
everything AS (
    SELECT sum(contacts) AS contacts FROM asked
)
SELECT
    driver,
    name,
    sum(driven.contacts) AS contacts,
    1E2 * sum(driven.contacts) / nullif(max(everything.contacts), 0) AS share_percent,
    1E0 * sum(talk_seconds + hold_seconds + after_contact_work_seconds) / nullif(sum(answered), 0)
        AS average_handle_time_seconds,
    1E2 * sum(abandoned) / nullif(sum(offered), 0) AS abandonment_rate,
    sum(survey_answers) AS survey_answers,
    sum(survey_dissatisfied) AS survey_dissatisfied,
    1E2 * sum(survey_dissatisfied) / nullif(sum(survey_answers), 0) AS dissatisfied_percent,
    1E0 * sum(survey_score_sum) / nullif(sum(survey_answers), 0) AS survey_mean
FROM driven
CROSS JOIN everything
GROUP BY driver, name
ORDER BY driver, contacts DESC, name
