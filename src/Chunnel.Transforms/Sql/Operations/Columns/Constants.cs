using System.Text;
using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Operations.Columns;

/// <summary>The single values of a query, each a column of one row. They live as long as the query; equal ones are one.</summary>
internal sealed class Constants : IDisposable
{
    /// <summary>Where constants get their bytes: they are few and small, and belong to no job's budget.</summary>
    public static readonly BatchMemory Memory = BatchMemory.Unlimited();

    private readonly Dictionary<string, Column> _known = [];
    private readonly List<Column> _kept = [];

    /// <summary>Keeps a column until the query ends.</summary>
    public Column Keep(Column one)
    {
        _kept.Add(one);
        return one;
    }

    /// <summary>The value under a name that says all about it.</summary>
    public Column Known(string name, Func<Column> make)
    {
        if (!_known.TryGetValue(name, out var one)) _known[name] = one = Keep(make());
        return one;
    }

    public void Dispose()
    {
        foreach (var one in _kept) one.Release();
        _kept.Clear();
        _known.Clear();
    }

    public static Column OfDecimal(DecimalType type, Int128 unscaled)
    {
        using var builder = new DecimalBuilder(type, Memory, 1);
        builder.Values[0] = unscaled;
        return builder.Build(1);
    }

    public static Column OfBool(bool value)
    {
        using var builder = new BoolBuilder(Memory, 1);
        Bits.Put(builder.Values, 0, value);
        return builder.Build(1);
    }

    public static Column OfText(string value)
    {
        using var builder = new TextBuilder(DataType.String, Memory, 1);
        builder.Append(Encoding.UTF8.GetBytes(value));
        return builder.Build(1);
    }

    /// <summary>A value of fixed width.</summary>
    public static Column Of<T>(DataType type, T value) where T : unmanaged
    {
        using var builder = new FixedBuilder<T>(type, Memory, 1);
        builder.Values[0] = value;
        return builder.Build(1);
    }
}
