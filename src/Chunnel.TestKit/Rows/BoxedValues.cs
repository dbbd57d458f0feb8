using Chunnel.Core;

namespace Chunnel.TestKit;

/// <summary>An exact number: unscaled at its type's scale, and the scale it is shown with.</summary>
public sealed record BoxedDecimal(Int128 Unscaled, int Scale, int ShownScale)
{
    public override string ToString() => DecimalText.ToText(Unscaled, Scale, ShownScale);
}

/// <summary>Days since 1970-01-01.</summary>
public sealed record BoxedDate(int Days)
{
    public override string ToString() => JavaTime.DateToText(Days);
}

/// <summary>Nanoseconds of the day.</summary>
public sealed record BoxedTime(long Nanos)
{
    public override string ToString() => JavaTime.TimeToText(Nanos);
}

/// <summary>Microseconds since 1970, local or in UTC by the column's type, with both sides.</summary>
public sealed record BoxedTimestamp(long Micros, int Nanos = 0, int OffsetMinutes = 0)
{
    public override string ToString() => JavaTime.InstantToText(Micros, Nanos, OffsetMinutes);
}

/// <summary>Bytes or a vector, compared by content.</summary>
public sealed record BoxedBytes(byte[] Bytes)
{
    public bool Equals(BoxedBytes? other) => other is not null && Bytes.AsSpan().SequenceEqual(other.Bytes);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    public override string ToString() => "0x" + Convert.ToHexStringLower(Bytes);
}

/// <summary>The elements of an array or the fields of a nested row, compared by content.</summary>
public sealed record BoxedList(IReadOnlyList<object?> Items)
{
    public BoxedList(params object?[] items) : this((IReadOnlyList<object?>)items) { }

    public bool Equals(BoxedList? other) => other is not null && Items.SequenceEqual(other.Items);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Items) hash.Add(item);
        return hash.ToHashCode();
    }

    public override string ToString() => "[" + string.Join(", ", Items.Select(BoxedRow.Show)) + "]";
}

/// <summary>The pairs of a map in their order, compared by content.</summary>
public sealed record BoxedMap(IReadOnlyList<KeyValuePair<object, object?>> Pairs)
{
    public bool Equals(BoxedMap? other) => other is not null && Pairs.SequenceEqual(other.Pairs);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var pair in Pairs) hash.Add(pair);
        return hash.ToHashCode();
    }

    public override string ToString() => "{" + string.Join(", ", Pairs.Select(pair => $"{BoxedRow.Show(pair.Key)}: {BoxedRow.Show(pair.Value)}")) + "}";
}
