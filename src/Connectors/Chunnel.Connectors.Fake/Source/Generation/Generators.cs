using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>Makes the generator of a column from its type and the table's settings.</summary>
/// <param name="table">The settings.</param>
/// <param name="seed">The run's seed.</param>
/// <param name="days">The days that dates are picked from.</param>
internal sealed class Generators(FakeTable table, ulong seed, int[] days)
{
    /// <summary>The generator of a column.</summary>
    public Generator Of(ColumnDef column)
    {
        if (table.AutoIncrementStart is { } start && table.Schema.PrimaryKey?.Columns.Contains(column.Name) == true && Counting(column, start) is { } counting) return counting;
        return Of(column.Type, $"{table.Schema.TableId}/{column.Name}", column, asKey: false);
    }

    private static Generator? Counting(ColumnDef column, long start) => column.Type.Kind switch
    {
        TypeKind.TinyInt => new CountingGenerator<sbyte>(start, column.Name),
        TypeKind.SmallInt => new CountingGenerator<short>(start, column.Name),
        TypeKind.Int => new CountingGenerator<int>(start, column.Name),
        TypeKind.BigInt => new CountingGenerator<long>(start, column.Name),
        _ => null,
    };

    private Generator Of(DataType type, string path, ColumnDef? column, bool asKey)
    {
        var of = Draws.Seed(seed, path);
        return type switch
        {
            { Kind: TypeKind.Null } => new NothingGenerator(),
            { Kind: TypeKind.Boolean } => new BoolGenerator(of),
            { Kind: TypeKind.TinyInt } => Whole<sbyte>(of, table.Numbers.TinyInt, asKey),
            { Kind: TypeKind.SmallInt } => Whole<short>(of, table.Numbers.SmallInt, asKey),
            { Kind: TypeKind.Int } => Whole<int>(of, table.Numbers.Int, asKey),
            { Kind: TypeKind.BigInt } => table.Numbers.BigInt is { Template: { Length: > 0 } picks }
                ? new PickGenerator<long>(of, Choices(picks, asKey))
                : new WholeGenerator<long>(of, table.Numbers.BigInt.Min, table.Numbers.BigInt.Max),
            { Kind: TypeKind.Float } => Real<float>(of, table.Numbers.Float, column?.Scale, asKey),
            { Kind: TypeKind.Double } => Real<double>(of, table.Numbers.Double, column?.Scale, asKey),
            DecimalType exact => new DecimalGenerator(of, exact),
            { Kind: TypeKind.String } => table.StringTemplate.Count > 0
                ? new TextPickGenerator(of, asKey ? [.. table.StringTemplate.Distinct()] : table.StringTemplate)
                : new LetterGenerator(of, Length(column, table.Sizes.String)),
            { Kind: TypeKind.Bytes } => new LetterGenerator(of, Length(column, table.Sizes.Bytes)),
            { Kind: TypeKind.Date } => new PickGenerator<int>(of, Choices(days, asKey)),
            { Kind: TypeKind.Time } => new TimeGenerator(of, Times(asKey)),
            { Kind: TypeKind.Timestamp or TypeKind.TimestampTz } => new TimestampGenerator(of, Times(asKey), Choices(days, asKey)),
            ArrayType array => new ArrayGenerator(Of(array.Element, path + "/element", null, asKey: false), table.Sizes.Array),
            MapType map => new MapGenerator(Of(map.Key, path + "/key", null, asKey: true), Of(map.Value, path + "/value", null, asKey: false), table.Sizes.Map),
            RowType row => new RowGenerator([.. row.Fields.Select(field => Of(field.Type, $"{path}/{field.Name}", null, asKey: false))]),
            VectorType vector => new VectorGenerator(of, vector, Dimension(vector), table.Numbers.Vector.Min, table.Numbers.Vector.Max),
            _ => throw new ChunnelException(CommonErrors.UnsupportedType("FakeSource", type.ToString(), path), $"There are no made-up values of type {type}."),
        };
    }

    private static DrawnGenerator Whole<T>(ulong seed, NumberRange<int> range, bool asKey) where T : unmanaged, System.Numerics.INumber<T> =>
        range.Template.Length > 0
            ? new PickGenerator<T>(seed, Choices(Array.ConvertAll(range.Template, T.CreateTruncating), asKey))
            : new WholeGenerator<T>(seed, range.Min, range.Max);

    private static DrawnGenerator Real<T>(ulong seed, NumberRange<double> range, int? scale, bool asKey) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        range.Template.Length > 0
            ? new PickGenerator<T>(seed, Choices(Array.ConvertAll(range.Template, T.CreateTruncating), asKey))
            : new RealGenerator<T>(seed, range.Min, range.Max, scale);

    /// <summary>Keys of a map must differ, so what a list names twice counts once there.</summary>
    private static T[] Choices<T>(T[] choices, bool asKey) => asKey ? [.. choices.Distinct()] : choices;

    private FakeTimes Times(bool asKey) => table.Times with
    {
        Hours = Choices(table.Times.Hours, asKey),
        Minutes = Choices(table.Times.Minutes, asKey),
        Seconds = Choices(table.Times.Seconds, asKey),
    };

    private static int Length(ColumnDef? column, int otherwise) => column?.Length is { } length ? (int)Math.Min(length, int.MaxValue) : otherwise;

    private int Dimension(VectorType vector) =>
        vector.Dimension > 0 ? vector.Dimension : vector.Kind == TypeKind.BinaryVector ? table.Sizes.BinaryVector : table.Sizes.Vector;
}
