using Chunnel.Core;

namespace Chunnel.TestKit;

/// <summary>
/// One row as plain objects, for tests to write down and compare: bool, sbyte, short, int, long, float, double, string, null, and the
/// boxed values for the rest. Rows compare by content.
/// </summary>
public sealed record BoxedRow(RowKind Kind, IReadOnlyList<object?> Values)
{
    /// <summary>An inserted row.</summary>
    public BoxedRow(params object?[] values) : this(RowKind.Insert, values) { }

    public object? this[int column] => Values[column];

    public bool Equals(BoxedRow? other) => other is not null && Kind == other.Kind && Values.SequenceEqual(other.Values);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Kind);
        foreach (var value in Values) hash.Add(value);
        return hash.ToHashCode();
    }

    public override string ToString() => $"{Kind.ToShortText()}({string.Join(", ", Values.Select(Show))})";

    internal static string Show(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        double number => JavaDouble.ToText(number),
        float number => JavaFloat.ToText(number),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
