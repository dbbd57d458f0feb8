using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>One table that FakeSource makes up, with everything that its settings say.</summary>
internal sealed record FakeTable
{
    public required TableSchema Schema { get; init; }

    /// <summary>The listed rows; null when rows are generated.</summary>
    public required IReadOnlyList<FixedRow>? Rows { get; init; }

    public required long RowNum { get; init; }

    public required int SplitNum { get; init; }

    public required TimeSpan SplitReadInterval { get; init; }

    public required FakeSizes Sizes { get; init; }

    public required FakeNumbers Numbers { get; init; }

    public required FakeTimes Times { get; init; }

    public required IReadOnlyList<string> StringTemplate { get; init; }

    /// <summary>The first number of keys that count up; null when they do not.</summary>
    public required long? AutoIncrementStart { get; init; }

    /// <summary>Columns with a default, by place: the value as a node, ready to be written.</summary>
    public required IReadOnlyDictionary<int, SettingsNode> Defaults { get; init; }

    /// <exception cref="ChunnelException">The settings are wrong; the error has its place.</exception>
    public static FakeTable Read(SettingsObject settings, string? outputName)
    {
        var schema = SchemaReader.Read(settings, outputName);
        return new FakeTable
        {
            Schema = schema,
            Rows = FakeSourceOptions.Rows.TryRead(settings, out var rows) ? [.. rows.Select((row, index) => FixedRow.Read(row, index))] : null,
            RowNum = FakeSourceOptions.RowNum.Read(settings),
            SplitNum = FakeSourceOptions.SplitNum.Read(settings),
            SplitReadInterval = FakeSourceOptions.SplitReadInterval.Read(settings),
            Sizes = FakeSizes.Read(settings),
            Numbers = FakeNumbers.Read(settings),
            Times = FakeTimes.Read(settings),
            StringTemplate = FakeSourceOptions.StringTemplate.TryRead(settings, out var texts) ? texts : [],
            AutoIncrementStart = FakeSourceOptions.AutoIncrement.Read(settings) ? FakeSourceOptions.AutoIncrementStart.Read(settings) : null,
            Defaults = ReadDefaults(schema),
        };
    }

    private static Dictionary<int, SettingsNode> ReadDefaults(TableSchema schema)
    {
        var defaults = new Dictionary<int, SettingsNode>();
        for (var i = 0; i < schema.Columns.Count; i++)
        {
            if (schema.Columns[i].Default is { } text) defaults[i] = new SettingsScalar(text, ScalarKind.Text);
        }
        return defaults;
    }
}

/// <summary>How long made-up values are.</summary>
internal sealed record FakeSizes(int Map, int Array, int Bytes, int String, int Vector, int BinaryVector)
{
    public static FakeSizes Read(SettingsObject settings) => new(
        FakeSourceOptions.MapSize.Read(settings),
        FakeSourceOptions.ArraySize.Read(settings),
        FakeSourceOptions.BytesLength.Read(settings),
        FakeSourceOptions.StringLength.Read(settings),
        FakeSourceOptions.VectorDimension.Read(settings),
        FakeSourceOptions.BinaryVectorDimension.Read(settings));
}

/// <summary>The ranges of made-up numbers.</summary>
internal sealed record FakeNumbers(
    NumberRange<int> TinyInt, NumberRange<int> SmallInt, NumberRange<int> Int, NumberRange<long> BigInt, NumberRange<double> Float,
    NumberRange<double> Double, NumberRange<double> Vector)
{
    public static FakeNumbers Read(SettingsObject settings)
    {
        var (least, most) = (FakeSourceOptions.VectorMin.Read(settings), FakeSourceOptions.VectorMax.Read(settings));
        if (least > most)
        {
            throw new ChunnelException(CommonErrors.OptionValidateFailed, $"'vector.float.min' is {least} and 'vector.float.max' is {most}: Start value must be smaller or equal to end value.")
            {
                Where = (FakeSourceOptions.VectorMin.Find(settings) ?? FakeSourceOptions.VectorMax.Find(settings))?.Value.Where ?? settings.Where,
            };
        }
        return new(
            FakeSourceOptions.TinyInt.Read(settings),
            FakeSourceOptions.SmallInt.Read(settings),
            FakeSourceOptions.Int.Read(settings),
            FakeSourceOptions.BigInt.Read(settings),
            FakeSourceOptions.Float.Read(settings),
            FakeSourceOptions.Double.Read(settings),
            new NumberRange<double>(least, most, []));
    }
}
