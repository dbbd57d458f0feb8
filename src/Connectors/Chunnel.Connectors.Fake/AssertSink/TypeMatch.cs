using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>Whether a column is of the type that a rule declares.</summary>
internal static class TypeMatch
{
    /// <summary>The same kind at every depth. How many digits a decimal has is told value by value.</summary>
    public static bool Fits(DataType actual, DataType declared) => (actual, declared) switch
    {
        (ArrayType a, ArrayType b) => Fits(a.Element, b.Element),
        (MapType a, MapType b) => Fits(a.Key, b.Key) && Fits(a.Value, b.Value),
        (RowType a, RowType b) => a.Fields.Count == b.Fields.Count && a.Fields.Zip(b.Fields).All(pair => Fits(pair.First.Type, pair.Second.Type)),
        _ => actual.Kind == declared.Kind,
    };

    /// <summary>The scale is the declared one, the digits are not more than declared.</summary>
    public static bool Fits(DecimalColumn column, int row, DecimalType declared)
    {
        var shown = column.ShownScale.IsEmpty ? column.Type.Scale : column.ShownScale[row];
        if (declared.Scale != column.Type.Scale && declared.Scale != shown) return false;
        var value = Int128.Abs(column.Values[row]);
        var digits = 0;
        for (; value > 0; value /= 10) digits++;
        return digits - (column.Type.Scale - shown) <= declared.Precision;
    }
}
