namespace Chunnel.Core.Tests;

public sealed class FieldGridTests
{
    [Fact]
    public void A_column_steps_through_the_fields_of_its_rows()
    {
        var grid = new FieldGrid(columns: 3, rows: 4);
        for (var i = 0; i < 6; i++) grid.Fields[i] = i % 2 == 0 ? FieldSpan.Plain(i * 10, i) : FieldSpan.Escaped(i * 10, i);
        grid.SetRows(2);
        var column = grid.Column(1);
        column.Rows.ShouldBe(2);
        (column[0].Start, column[0].Length, column[0].IsEscaped).ShouldBe((10, 1, true));
        (column[1].Start, column[1].Length, column[1].IsEscaped).ShouldBe((40, 4, false));
        grid[1, 2].Start.ShouldBe(50);
    }

    [Fact]
    public void A_missing_field_is_no_empty_one()
    {
        FieldSpan.Missing.IsMissing.ShouldBeTrue();
        FieldSpan.Missing.Length.ShouldBe(0);
        FieldSpan.Plain(0, 0).IsMissing.ShouldBeFalse();
    }

    [Fact]
    public void More_rows_than_fit_are_noticed() => Should.Throw<BrokenBeliefException>(() => new FieldGrid(1, 2).SetRows(3));
}
