using System.Text;
using Chunnel.Formats;
using CsCheck;

namespace Chunnel.Connectors.Files.Tests;

public sealed class CsvBorderTests
{
    [Fact]
    public void A_plain_window_is_cut_behind_its_first_line_break() => Find("x,y\n" + Many("1,2")).ShouldBe(4);

    [Fact]
    public void A_window_that_begins_within_quotes_is_cut_behind_them() =>
        Find("tail\nof text\",9\n" + Many("1,\"a,b\"")).ShouldBe("tail\nof text\",9\n".Length);

    [Fact]
    public void Rows_with_other_numbers_of_fields_make_no_cut() => Find("x,y\n" + Many("1,2,3")).ShouldBe(0);

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
