
namespace Chunnel.Core;

/// <summary>Whether two cells of columns of one type hold the same value: lists element by element, rows field by field, maps whatever their order.</summary>
public static class CellEquality
{
    public static bool Same(Column left, int leftRow, Column right, int rightRow)
    {
        if (left.IsNull(leftRow) || right.IsNull(rightRow)) return left.IsNull(leftRow) && right.IsNull(rightRow);
        return (left, right) switch
        {
            (BoolColumn a, BoolColumn b) => Bits.Get(a.Values, leftRow) == Bits.Get(b.Values, rightRow),
            (FixedColumn<sbyte> a, FixedColumn<sbyte> b) => a.Values[leftRow] == b.Values[rightRow],
            (FixedColumn<short> a, FixedColumn<short> b) => a.Values[leftRow] == b.Values[rightRow],
            (FixedColumn<int> a, FixedColumn<int> b) => a.Values[leftRow] == b.Values[rightRow],
            (FixedColumn<long> a, FixedColumn<long> b) => a.Values[leftRow] == b.Values[rightRow],
            (FixedColumn<float> a, FixedColumn<float> b) => a.Values[leftRow].Equals(b.Values[rightRow]),
            (FixedColumn<double> a, FixedColumn<double> b) => a.Values[leftRow].Equals(b.Values[rightRow]),
            (DecimalColumn a, DecimalColumn b) => a.Type.Scale == b.Type.Scale && a.Values[leftRow] == b.Values[rightRow],
            (TimestampColumn a, TimestampColumn b) => a.Micros[leftRow] == b.Micros[rightRow] && NanosAt(a, leftRow) == NanosAt(b, rightRow),
            (TextColumn a, TextColumn b) => a[leftRow].SequenceEqual(b[rightRow]),
            (ListColumn a, ListColumn b) => SameLists(a, leftRow, b, rightRow),
            (MapColumn a, MapColumn b) => SameMaps(a, leftRow, b, rightRow),
            (RowColumn a, RowColumn b) => a.Fields.Count == b.Fields.Count && a.Fields.Zip(b.Fields).All(pair => Same(pair.First, leftRow, pair.Second, rightRow)),
            _ => false,
        };
    }

    private static short NanosAt(TimestampColumn column, int row) => column.Nanos.IsEmpty ? (short)0 : column.Nanos[row];

    private static bool SameLists(ListColumn left, int leftRow, ListColumn right, int rightRow)
    {
        var (from, to) = (left.Offsets[leftRow], left.Offsets[leftRow + 1]);
        var other = right.Offsets[rightRow];
        if (to - from != right.Offsets[rightRow + 1] - other) return false;
        for (var i = from; i < to; i++, other++)
        {
            if (!Same(left.Elements, i, right.Elements, other)) return false;
        }
        return true;
    }

    private static bool SameMaps(MapColumn left, int leftRow, MapColumn right, int rightRow)
    {
        var (from, to) = (left.Offsets[leftRow], left.Offsets[leftRow + 1]);
        var (otherFrom, otherTo) = (right.Offsets[rightRow], right.Offsets[rightRow + 1]);
        if (to - from != otherTo - otherFrom) return false;
        for (var i = from; i < to; i++)
        {
            var found = false;
            for (var j = otherFrom; j < otherTo && !found; j++) found = Same(left.Keys, i, right.Keys, j) && Same(left.Values, i, right.Values, j);
            if (!found) return false;
        }
        return true;
    }
}
