namespace Chunnel.Transforms.Tests.Sql;

/// <summary>Expressions by chance, each of a wanted type, over the columns i, j (int), l (bigint), d (double), s, u (string) and b (boolean).</summary>
internal sealed class RandomExpressions(Random dice)
{
    private static readonly string[] Texts = ["", "a", "ab", "ä", "中文🙂", "%", "it''s", "abcabcabc", "x y"];
    private static readonly string[] Patterns = ["%", "a%", "%b", "%b%", "_", "a_", "%_b%", "_%_", "ab", "%a%b%", "🙂%", "%文_"];

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
        return dice.Next(8) switch
        {
            0 => $"CASE WHEN {Condition(depth - 1)} THEN {Whole(depth - 1)} END",
            1 => $"LENGTH({Text(depth - 1)})",
            _ => $"({Whole(depth - 1)} {Pick("+", "-", "*", "/", "%")} {Whole(depth - 1)})",
        };
    }

    public string Text(int depth)
    {
        if (depth == 0) return Pick("s", "u", "s", $"'{Texts[dice.Next(Texts.Length)]}'");
        return dice.Next(6) switch
        {
            0 => $"UPPER({Text(depth - 1)})",
            1 => $"REPLACE({Text(depth - 1)}, {Text(depth - 1)}, {Text(0)})",
            2 => $"CASE WHEN {Condition(depth - 1)} THEN {Text(depth - 1)} ELSE {Text(depth - 1)} END",
            3 => $"COALESCE({Text(depth - 1)}, {Text(depth - 1)})",
            4 => $"({Text(depth - 1)} || {Whole(depth - 1)})",
            _ => $"({Text(depth - 1)} || {Text(depth - 1)})",
        };
    }

    public string Condition(int depth)
    {
        if (depth == 0) return Pick("b", "(i > 3)", "(s = 'ab')", "(u IS NULL)", "TRUE", "(d >= 0.5)", "(i <> j)");
        return dice.Next(11) switch
        {
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

    public object? Value(string column) => dice.Next(6) == 0 ? null : column switch
    {
        "i" => dice.Next(5) == 0 ? dice.Next() * (dice.Next(2) * 2 - 1) : dice.Next(-5, 10),
        "j" => dice.Next(-3, 4),
        "l" => dice.Next(4) == 0 ? dice.NextInt64(long.MinValue, long.MaxValue) : (long)dice.Next(-10, 10),
        "d" => Math.Round((dice.NextDouble() - 0.5) * 100, 3),
        "b" => dice.Next(2) == 0,
        _ => Texts[dice.Next(Texts.Length)].Replace("''", "'", StringComparison.Ordinal),
    };

    private string Compare() => Pick("=", "<>", "<", "<=", ">", ">=");

    private string Pick(params string[] choices) => choices[dice.Next(choices.Length)];
}
