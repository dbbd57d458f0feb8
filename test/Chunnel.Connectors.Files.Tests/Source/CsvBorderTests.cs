using System.Text;
using Chunnel.Formats;
using CsCheck;

namespace Chunnel.Connectors.Files.Tests;

public sealed class CsvBorderTests
{
    [Theory]
    [InlineData("1,2")]
    [InlineData("1,\",\"")]
    public void A_window_that_may_lie_within_quotes_or_outside_is_not_sure(string row) => Find("x,y\n" + Many(row)).ShouldBe(0);

    [Fact]
    public void A_window_that_is_outside_quotes_is_cut_behind_its_first_line_break() => Find("x,y\n" + Many("1,2") + "1,\"a\"\n").ShouldBe(4);

    [Fact]
    public void With_an_escape_nothing_is_sure() => CsvBorder.Find(Encoding.UTF8.GetBytes("x\n" + Many("1,\"a\"")), 2, DelimitedOptions.Csv with { Escape = '\\' }).ShouldBe(0);

    /// <summary>A lone carriage return ends a row too.</summary>
    [Fact]
    public void Every_kind_of_line_end_ends_a_row() => Find("x,y\r1,2\r\n" + Many("1,\"b\"\r3,4")).ShouldBe("x,y\r1,2\r\n".Length);

    [Fact]
    public void A_window_that_begins_within_quotes_is_cut_behind_them() =>
        Find("tail\nof text\",9\n" + Many("1,\"a,b\"")).ShouldBe("tail\nof text\",9\n".Length);

    [Fact]
    public void Rows_with_other_numbers_of_fields_make_no_cut() => Find("x,y\n" + Many("1,2,3")).ShouldBe(0);

    [Fact]
    public void With_a_header_the_number_of_fields_says_nothing() =>
        CsvBorder.Find(Encoding.UTF8.GetBytes("x\n" + Many("1,\"a\",3")), 2, DelimitedOptions.Csv with { Header = true }).ShouldBe(2);

    [Fact]
    public void One_column_makes_no_cut() => CsvBorder.Find(Encoding.UTF8.GetBytes("x\n" + Many("1")), 1, DelimitedOptions.Csv).ShouldBe(0);

    [Fact]
    public void A_cut_is_always_a_row_start()
    {
        var field = Gen.OneOf(Gen.String[Gen.Char["ab,\"\n "], 0, 12], Gen.Const("plain"), Gen.Int.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Gen.Select(field.Array[3].Array[20, 60], Gen.Int[0, 400]).Sample((rows, aim) =>
        {
            var text = new StringBuilder();
            var starts = new HashSet<int>();
            foreach (var row in rows)
            {
                starts.Add(text.Length);
                text.AppendJoin(',', row.Select(Quoted)).Append('\n');
            }
            var bytes = Encoding.UTF8.GetBytes(text.ToString());
            if (aim >= bytes.Length) return;
            var found = CsvBorder.Find(bytes.AsSpan(aim), 3, DelimitedOptions.Csv);
            if (found > 0 && aim + found < bytes.Length) starts.ShouldContain(aim + found);
        });
    }

    private static string Quoted(string field) =>
        field.AsSpan().IndexOfAny(",\"\n") >= 0 ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private static int Find(string window) => CsvBorder.Find(Encoding.UTF8.GetBytes(window), 2, DelimitedOptions.Csv);

    private static string Many(string row) => string.Concat(Enumerable.Repeat(row + "\n", 300));
}
