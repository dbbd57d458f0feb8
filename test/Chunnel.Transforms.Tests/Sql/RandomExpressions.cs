using Chunnel.TestKit;

namespace Chunnel.Transforms.Tests.Sql;

/// <summary>Expressions by chance, each of a wanted type, over the columns i, j (int), l (bigint), d (double), s, u (string), b (boolean) and e (date).</summary>
internal sealed class RandomExpressions(Random dice)
{
    private static readonly string[] Texts = ["", "a", "ab", "ä", "中文🙂", "%", "it''s", "abcabcabc", "x y"];
    private static readonly string[] Patterns = ["%", "a%", "%b", "%b%", "_", "a_", "%_b%", "_%_", "ab", "%a%b%", "🙂%", "%文_"];

    private static readonly string[] Regexes = ["^a", "b+", "[a-c]{2}", "x|文", "^$", "(ab)+c"];

    public string Number(int depth)
    {
        if (depth == 0) return Pick("i", "j", "l", "d", "i", "j", "0", "1", "7", "-3", "2147483647", "9000000000", "1.5", "NULL");
        return dice.Next(10) switch
        {
            0 => $"(- {Number(depth - 1)})",
            1 => $"ABS({Number(depth - 1)})",
            2 => $"CASE WHEN {Condition(depth - 1)} THEN {Number(depth - 1)} ELSE {Number(depth - 1)} END",
            3 => $"COALESCE({Number(depth - 1)}, {Number(depth - 1)})",
            4 => $"LENGTH({Text(depth - 1)})",
            _ => $"({Number(depth - 1)} {Pick("+", "-", "*", "/", "%")} {Number(depth - 1)})",
        };
    }

    /// <summary>A whole number: not every double compares exactly with what a decimal of the oracle can hold.</summary>
    public string Whole(int depth)
    {
        if (depth == 0) return Pick("i", "j", "l", "0", "1", "7", "-3", "9000000000", "-2147483648");
        return dice.Next(10) switch
        {
            0 => $"CASE WHEN {Condition(depth - 1)} THEN {Whole(depth - 1)} END",
            1 => $"LENGTH({Text(depth - 1)})",
            2 => WholeOfText(depth - 1),
            3 => WholeOfDay(depth - 1),
            _ => $"({Whole(depth - 1)} {Pick("+", "-", "*", "/", "%")} {Whole(depth - 1)})",
        };
    }

    public string Text(int depth)
    {
        if (depth == 0) return Pick("s", "u", "s", $"'{Texts[dice.Next(Texts.Length)]}'");
        return dice.Next(12) switch
        {
            0 => $"UPPER({Text(depth - 1)})",
            1 => $"REPLACE({Text(depth - 1)}, {Text(depth - 1)}, {Text(0)})",
            2 => $"CASE WHEN {Condition(depth - 1)} THEN {Text(depth - 1)} ELSE {Text(depth - 1)} END",
            3 => $"COALESCE({Text(depth - 1)}, {Text(depth - 1)})",
            4 => $"({Text(depth - 1)} || {Whole(depth - 1)})",
            5 or 6 or 7 or 8 => PieceOfText(depth - 1),
            9 => $"FORMATDATETIME({Day(depth - 1)}, '{Pick("yyyy-MM-dd", "yyyyMMdd", "MM/dd/yyyy")}')",
            10 => $"CAST({Pick(Whole(depth - 1), Day(depth - 1))} AS STRING)",
            _ => $"({Text(depth - 1)} || {Text(depth - 1)})",
        };
    }

    public string Condition(int depth)
    {
        if (depth == 0) return Pick("b", "(i > 3)", "(s = 'ab')", "(u IS NULL)", "TRUE", "(d >= 0.5)", "(i <> j)");
        return dice.Next(13) switch
        {
            11 => $"REGEXP_LIKE({Text(depth - 1)}, '{Regexes[dice.Next(Regexes.Length)]}')",
            12 => $"({Day(depth - 1)} {Compare()} {Day(depth - 1)})",
            0 => $"(NOT {Condition(depth - 1)})",
            1 => $"({Condition(depth - 1)} AND {Condition(depth - 1)})",
            2 => $"({Condition(depth - 1)} OR {Condition(depth - 1)})",
            3 => $"({Whole(depth - 1)} IS {Pick("", "NOT ")}NULL)",
            4 => $"({Text(depth - 1)} {Pick("", "NOT ")}LIKE '{Patterns[dice.Next(Patterns.Length)]}')",
            5 => $"({Whole(depth - 1)} {Pick("", "NOT ")}IN ({Whole(0)}, {Whole(0)}, {Pick("3", "NULL")}))",
            6 => $"({Whole(depth - 1)} {Pick("", "NOT ")}BETWEEN {Whole(0)} AND {Whole(0)})",
            7 => $"({Text(depth - 1)} {Compare()} {Text(depth - 1)})",
            8 => $"(b {Pick("=", "<>")} {Condition(depth - 1)})",
            9 => $"({Text(depth - 1)} IN ('ab', {Text(0)}))",
            _ => $"({Whole(depth - 1)} {Compare()} {Whole(depth - 1)})",
        };
    }

    /// <summary>A date within some hundred years of today, where .NET has dates too.</summary>
    public string Day(int depth)
    {
        if (depth <= 0) return Pick("e", "e", "e", "DATE '2020-02-29'", "DATE '1969-12-31'");
        return dice.Next(4) switch
        {
            0 => $"DATEADD({Day(depth - 1)}, {dice.Next(-40, 40)}, '{Pick("DAY", "WEEK", "MONTH", "YEAR")}')",
            1 => $"DATE_TRUNC({Day(depth - 1)}, '{Pick("MONTH", "YEAR")}')",
            2 => $"CASE WHEN {Condition(depth - 1)} THEN {Day(depth - 1)} END",
            _ => $"COALESCE({Day(depth - 1)}, {Day(depth - 1)})",
        };
    }

    private string WholeOfDay(int depth) => dice.Next(3) switch
    {
        0 => $"DATEDIFF({Day(depth)}, {Day(depth)}, '{Pick("DAY", "MONTH", "YEAR")}')",
        _ => $"{Pick("YEAR", "MONTH", "QUARTER", "DAY_OF_MONTH", "DAY_OF_YEAR", "DAY_OF_WEEK")}({Day(depth)})",
    };

    private string WholeOfText(int depth) => dice.Next(5) switch
    {
        0 => $"ASCII({Text(depth)})",
        1 => $"LOCATE({Text(0)}, {Text(depth)})",
        2 => $"{Pick("CAST", "TRY_CAST")}({Text(depth)} AS INT)",
        3 => $"NULLIF({Pick("i", "j")}, {Pick("j", "0", "3")})",
        _ => $"SIGN({Whole(depth)})",
    };

    private string PieceOfText(int depth) => dice.Next(14) switch
    {
        0 => $"SUBSTRING({Text(depth)}, {Small()})",
        1 => $"SUBSTRING({Text(depth)}, {Small()}, {Small()})",
        2 => $"LEFT({Text(depth)}, {Small()})",
        3 => $"RIGHT({Text(depth)}, {Small()})",
        4 => $"{Pick("TRIM", "LTRIM", "RTRIM")}({Text(depth)}, {Text(0)})",
        5 => $"{Pick("LPAD", "RPAD")}({Text(depth)}, {dice.Next(12)}, {Text(0)})",
        6 => $"TRANSLATE({Text(depth)}, {Text(0)}, {Text(0)})",
        7 => $"INSERT({Text(depth)}, {Small()}, {Small()}, {Text(0)})",
        8 => $"REPEAT({Text(0)}, {dice.Next(-1, 4)})",
        9 => $"RAWTOHEX({Text(0)})",
        10 => $"REGEXP_REPLACE({Text(depth)}, '{Regexes[dice.Next(Regexes.Length)]}', '{Pick("", "-", "<x>")}')",
        11 => $"DAYNAME({Day(depth)})",
        12 => $"TRIM({Text(depth)})",
        _ => $"LOWER({Text(depth)})",
    };

    private string Small() => Pick("0", "1", "2", "-1", "-2", "3", "7", "j", "l");

    public object? Value(string column) => dice.Next(6) == 0 ? null : column switch
    {
        "i" => dice.Next(5) == 0 ? dice.Next() * (dice.Next(2) * 2 - 1) : dice.Next(-5, 10),
        "j" => dice.Next(-3, 4),
        "l" => dice.Next(4) == 0 ? dice.NextInt64(long.MinValue, long.MaxValue) : (long)dice.Next(-10, 10),
        "d" => Math.Round((dice.NextDouble() - 0.5) * 100, 3),
        "b" => dice.Next(2) == 0,
        "e" => new BoxedDate(dice.Next(3) == 0 ? dice.Next(-20_000, 40_000) : 18_300 + dice.Next(800)),
        _ => Texts[dice.Next(Texts.Length)].Replace("''", "'", StringComparison.Ordinal),
    };

    private string Compare() => Pick("=", "<>", "<", "<=", ">", ">=");

    private string Pick(params string[] choices) => choices[dice.Next(choices.Length)];
}
