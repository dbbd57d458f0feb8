using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Transforms.Tests.Sql.Functions;

/// <summary>The loops over many texts give what .NET's strings give, in any batch: of ASCII or not, with nulls, of short and long texts, cut out of a larger one.</summary>
public class TextPathTests
{
    private const string Query = """
        select substring(s, 3, 5) as mid, substring(s, -4) as tail, substring(s, k, n) as any, left(s, k) as l, right(s, k) as r, trim(s) as t, trim(s, '*') as stars,
            concat(s, '-', u, s) as c, concat(s, s) as twice, concat_ws(u, s, 'x', u) as w,
            case when k = 2 then s when k > 4 then upper(s) when n < 2 then null else u end as chosen from t
        """;

    private static readonly TableSchema Table = Sql.Query.Table(("s", DataType.String), ("u", DataType.String), ("k", DataType.Int), ("n", DataType.Int));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(63, 5)]
    [InlineData(64, 64)]
    [InlineData(65, 70)]
    [InlineData(300, 129)]
    public void Loops_over_batches_agree_with_plain_strings(int rows, int before)
    {
        var seed = Environment.TickCount;
        var dice = new Random(seed);
        foreach (var letters in new[] { "ab *", "aé*中 ", "a" })
        {
            foreach (var nulls in new[] { 0, 3 })
            {
                var all = Enumerable.Range(0, before + rows + 7).Select(_ => new BoxedRow(
                    Text(dice, letters, nulls), Text(dice, letters, nulls), nulls > 0 && dice.Next(9) == 0 ? null : dice.Next(-3, 8), nulls > 0 && dice.Next(9) == 0 ? null : dice.Next(-1, 50))).ToArray();
                Run(all, before, rows).ShouldBe(all.Skip(before).Take(rows).Select(Plain), $"seed {seed}, letters {letters}, nulls {nulls}");
            }
        }
    }

    /// <summary>One character that is no ASCII, in the middle, changes how all rows are read and none of their values.</summary>
    [Fact]
    public void A_single_other_character_in_a_batch()
    {
        var rows = Enumerable.Range(0, 100).Select(i => new BoxedRow(i == 50 ? "abéc中def" : "abcdef", "u", 3, 2)).ToArray();
        Run(rows, 0, 100).ShouldBe(rows.Select(Plain));
        Run(rows, 51, 49).ShouldBe(rows.Skip(51).Select(Plain));
    }

    /// <summary>More branches than a byte counts.</summary>
    [Theory]
    [InlineData(254)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(600)]
    public void A_case_may_have_many_branches(int branches)
    {
        var rows = Enumerable.Range(-1, branches + 2).Select(k => new BoxedRow(null, "else", k, null)).ToArray();
        var cases = string.Join(' ', Enumerable.Range(0, branches).Select(branch => $"when k = {branch} then 'number {branch}'"));
        Sql.Query.Run(Table, $"select case {cases} else u end as chosen from t", rows)
            .ShouldBe(rows.Select(row => new BoxedRow((int)row[2]! is var k && k >= 0 && k < branches ? $"number {k}" : "else")));
    }

    /// <summary>A value that a map does not have is null, though the bytes of another value stand there.</summary>
    [Fact]
    public void What_stands_behind_a_null_is_no_text()
    {
        var table = Sql.Query.Table(("m", DataType.Map(DataType.String, DataType.String)), ("s", DataType.String));
        var rows = Enumerable.Range(0, 100).Select(i => (Value: i % 3 == 0 ? $"ghost {i}" : null, Text: $"s{i}")).ToArray();
        const string query = """
            select concat(m.k, s) as c, concat_ws(m.k, s, 'x', s) as w, concat_ws('-', m.k, s) as v, case when s = 's3' then s else m.k end as chosen,
                substring(m.k, 2, 3) as mid, left(m.k, 1) as l, trim(m.k) as t, upper(m.k) as u from t
            """;
        Sql.Query.Run(table, query, [.. rows.Select(row => new BoxedRow(new BoxedMap([KeyValuePair.Create((object)(row.Value is null ? "other" : "k"), (object?)(row.Value ?? "y"))]), row.Text))])
            .ShouldBe(rows.Select(row => new BoxedRow(
                row.Value + row.Text, Joined(row.Value, row.Text, "x", row.Text), Joined("-", row.Value, row.Text), row.Text == "s3" ? row.Text : row.Value,
                row.Value?.Substring(1, 3), row.Value?[..1], row.Value, row.Value?.ToUpperInvariant())));
    }

    private static List<BoxedRow> Run(BoxedRow[] all, int start, int rows)
    {
        var memory = BatchMemory.Unlimited();
        List<BoxedRow> result;
        using (var transform = Sql.Query.Over(Table, Query))
        using (var whole = BoxedRows.ToBatch(Table, all, memory))
        {
            using var output = transform.Apply(whole.Slice(start, rows));
            result = [.. BoxedRows.Of(output!)];
        }
        memory.Budget.InUseBytes.ShouldBe(0, "every block is given back");
        return result;
    }

    private static string? Text(Random dice, string letters, int nulls)
    {
        if (nulls > 0 && dice.Next(nulls) == 0) return null;
        var runes = letters.EnumerateRunes().ToArray();
        var length = dice.Next(4) switch { 0 => dice.Next(3), 1 => dice.Next(14, 19), 2 => dice.Next(40), _ => dice.Next(8) };
        return string.Concat(Enumerable.Range(0, length).Select(_ => runes[dice.Next(runes.Length)].ToString()));
    }

    private static BoxedRow Plain(BoxedRow row)
    {
        var (s, u, k, n) = ((string?)row[0], (string?)row[1], (int?)row[2], (int?)row[3]);
        return new BoxedRow(
            Part(s, 3, 5), Part(s, -4, int.MaxValue), Part(s, k, n), k is null ? null : s?[..Math.Clamp(k.Value, 0, s.Length)],
            k is null ? null : s?[(s.Length - Math.Clamp(k.Value, 0, s.Length))..],
            s?.Trim(' '), s?.Trim('*'), $"{s}-{u}{s}", $"{s}{s}", Joined(u, s, "x", u), k == 2 ? s : k > 4 ? s?.ToUpperInvariant() : n < 2 ? null : u);
    }

    private static string? Part(string? s, int? from, int? count)
    {
        if (s is null || from is null || count is null) return null;
        var start = from > 0 ? from.Value - 1 : from == 0 ? 0 : s.Length + from.Value;
        var length = Math.Min(count.Value, s.Length - start);
        return start < 0 || start >= s.Length || length <= 0 ? null : s.Substring(start, length);
    }

    private static string Joined(string? between, params string?[] parts) => string.Join(between ?? "", parts.Where(part => part is not null));
}
