namespace Chunnel.Bench.Sql;

/// <summary>A query, and who answers it beside us.</summary>
/// <param name="Name">What the page calls it.</param>
/// <param name="Query">For the Sql transform.</param>
/// <param name="MustReach">Million rows a second.</param>
/// <param name="Where">The row tree's filter, if there is one.</param>
/// <param name="Select">The row tree's columns.</param>
/// <param name="Loop">The same as a loop that was written by hand for this query alone.</param>
/// <param name="DuckQuery">For DuckDB.</param>
internal sealed record SqlQuestion(
    string Name, string Query, double MustReach, Func<object?[], object?>? Where, Func<object?[], object?>[] Select, Func<object?[][], int> Loop, string DuckQuery)
{
    private static readonly Func<object?[], object?> N = RowTree.Column(1), Price = RowTree.Column(2), Text = RowTree.Column(3), A = RowTree.Column(4), B = RowTree.Column(5), Moment = RowTree.Column(7), Document = RowTree.Column(8);

    /// <summary>Those of the bars.</summary>
    public static IReadOnlyList<SqlQuestion> All { get; } =
    [
        new("numbers under a filter", "select a + b as s, price * 1.1 as p from t where a > 300", 40,
            RowTree.Above(A, RowTree.Constant(300)), [RowTree.Plus(A, B), RowTree.Times(Price, RowTree.Constant(1.1))],
            PlainQueries.Sum, "select max(a + b), max(price * 1.1) from t where a > 300"),
        new("CASE, comparing, upper, substring, concat",
            "select case when name = 'x' then 'none' when n > 500 then upper(name) else substring(name, 3, 5) end as c, concat(name, '-', substring(name, 1, 3)) as k from t", 8,
            null,
            [
                RowTree.Case(
                    RowTree.Substring(Text, RowTree.Constant(3), RowTree.Constant(5)),
                    (RowTree.Same(Text, RowTree.Constant("x")), RowTree.Constant("none")), (RowTree.Above(N, RowTree.Constant(500)), RowTree.Upper(Text))),
                RowTree.Concat(Text, RowTree.Constant("-"), RowTree.Substring(Text, RowTree.Constant(1), RowTree.Constant(3))),
            ],
            PlainQueries.Texts,
            "select max(case when name = 'x' then 'none' when n > 500 then upper(name) else substring(name, 3, 5) end), max(name || '-' || substring(name, 1, 3)) from t"),
        new("dates: adding, formatting, the days between",
            "select dateadd(ts, 36, 'HOUR') as later, formatdatetime(ts, 'yyyy-MM-dd HH:mm:ss') as shown, datediff(ts, timestamp '2022-01-01 00:00:00') as days from t", 8,
            null,
            [
                RowTree.AddHours(Moment, RowTree.Constant(36)), RowTree.Format(Moment, "yyyy-MM-dd HH:mm:ss"),
                RowTree.DaysBetween(Moment, RowTree.Constant(new DateTime(2022, 1, 1, 0, 0, 0, DateTimeKind.Utc))),
            ],
            PlainQueries.Dates, "select max(ts + interval 36 hour), max(strftime(ts, '%Y-%m-%d %H:%M:%S')), max(date_diff('day', ts, timestamp '2022-01-01')) from t"),
        new("two fields of a JSON of 330 bytes", "select get_json_object(doc, '$.user.city') as city, get_json_object(doc, '$.total') as total from t", 1.5,
            null, [RowTree.JsonField(Document, "user", "city"), RowTree.JsonField(Document, "total")],
            PlainQueries.Json, "select max(json_extract_string(doc, '$.user.city')), max(json_extract_string(doc, '$.total')) from t"),
    ];

    /// <summary>Those that stand by themselves.</summary>
    public static IReadOnlyList<string> Others { get; } =
    [
        "select id, name, price from t where n > 500 and name <> 'x'",
        "select id, name, price from t where n > 900 and name <> 'x'",
        "select id, case when n > 500 then 'big' else 'small' end as size from t",
        "select upper(name) as u, length(name) as l from t",
        "select id from t where name like '%ab%'",
        "select id from t where regexp_like(name, 'a[b-d]+')",
        "select name || '-' || id as k from t",
        "select amount * 2 + 0.5 as x from t",
        "select a / 7 as q, cast(n as string) as s from t",
        "select id, uuid() as u from t",
        "select id, piece from t lateral view explode(split(name, 'e')) as piece",
    ];
}
