using System.Text;
using Apache.Arrow;
using Chunnel.Core;
using Chunnel.Formats.Arrow;
using Chunnel.TestKit;
using Types = Apache.Arrow.Types;

namespace Chunnel.Formats.Tests.Arrow;

/// <summary>data-path.md 1.1: what comes in is converted with care and checked before it is trusted.</summary>
public sealed class ArrowImportTests
{
    [Fact]
    public void Foreign_units_and_widths_become_ours()
    {
        Read(new TimestampArray.Builder(Types.TimeUnit.Second).Append(DateTimeOffset.UnixEpoch.AddSeconds(-1)).AppendNull().Build(), DataType.TimestampTz)
            .ShouldBe([new BoxedTimestamp(-1_000_000), null]);
        Read(Raw(new Types.TimestampType(Types.TimeUnit.Nanosecond, (string?)null), Bytes(-1L, 1001L)), DataType.Timestamp)
            .ShouldBe([new BoxedTimestamp(-1, 999), new BoxedTimestamp(1, 1)]);
        Read(Raw(new Types.TimestampType(Types.TimeUnit.Millisecond, "UTC"), Bytes(5L)), DataType.TimestampTz).ShouldBe([new BoxedTimestamp(5000)]);
        Read(Raw(Types.Date64Type.Default, Bytes(-1L, 86_400_000L)), DataType.Date).ShouldBe([new BoxedDate(-1), new BoxedDate(1)]);
        Read(Raw(Types.TimeType.Millisecond, BitConverter.GetBytes(61_001)), DataType.Time).ShouldBe([new BoxedTime(61_001_000_000)]);
        Read(Raw(Types.TimeType.Microsecond, Bytes(7L)), DataType.Time).ShouldBe([new BoxedTime(7000)]);
        Read(new UInt32Array.Builder().Append(uint.MaxValue).Build(), DataType.BigInt).ShouldBe([(long)uint.MaxValue]);
        Read(new UInt64Array.Builder().Append(ulong.MaxValue).Build(), DataType.Decimal(20, 0)).ShouldBe([new BoxedDecimal(ulong.MaxValue, 0, 0)]);
        Read(new Int64Array.Builder().Append(7).AppendNull().Build(), DataType.TinyInt).ShouldBe([(sbyte)7, null]);
        Read(new Int32Array.Builder().Append(3).Build(), DataType.Double).ShouldBe([3.0]);
        Read(new FloatArray.Builder().Append(float.NaN).Append(1.5f).Build(), DataType.Double).ShouldBe([double.NaN, 1.5]);
        Read(Raw(new Types.Decimal256Type(40, 2), [.. Bytes(-150L), .. Bytes(-1L), .. Bytes(-1L), .. Bytes(-1L)]), DataType.Decimal(10, 3)).ShouldBe([new BoxedDecimal(-1500, 3, 3)]);
        Read(new BooleanArray.Builder().Append(true).AppendNull().Append(false).Build(), DataType.Boolean).ShouldBe([true, null, false]);
    }

    [Fact]
    public void A_timestamp_of_twelve_bytes_is_a_Julian_day_and_nanoseconds()
    {
        byte[] epoch = [1, 4, 0, 0, 0, 0, 0, 0, .. BitConverter.GetBytes(2_440_589)];
        Read(Raw(new Types.FixedSizeBinaryType(12), epoch), DataType.Timestamp).ShouldBe([new BoxedTimestamp(CivilTime.MicrosPerDay + 1, 25)]);
        Read(Raw(new Types.FixedSizeBinaryType(12), epoch), DataType.Bytes).ShouldBe([new BoxedBytes(epoch)]);
    }

    [Fact]
    public void Long_offsets_dictionaries_and_views_are_text_like_any_other()
    {
        Read(new LargeStringArray.Builder().Append("ä").AppendNull().Append("").Build(), DataType.String).ShouldBe(["ä", null, ""]);
        Read(new StringViewArray.Builder().Append("short").AppendNull().Append("longer than twelve bytes").Build(), DataType.String).ShouldBe(["short", null, "longer than twelve bytes"]);
        var words = new StringArray.Builder().Append("a").AppendNull().Append("c").Build();
        var indices = new Int8Array.Builder().Append(2).AppendNull().Append(1).Append(0).Build();
        Read(new DictionaryArray(new Types.DictionaryType(Types.Int8Type.Default, Types.StringType.Default, ordered: false), indices, words), DataType.String).ShouldBe(["c", null, null, "a"]);
    }

    [Fact]
    public void A_number_too_large_for_its_column_names_its_row()
    {
        var refused = Should.Throw<ChunnelException>(() => Read(new Int64Array.Builder().Append(7).Append(300).Build(), DataType.TinyInt));
        refused.Message.ShouldContain("row 1");
        refused.Message.ShouldContain("300");
        Should.Throw<ChunnelException>(() => Read(new UInt64Array.Builder().Append(ulong.MaxValue).Build(), DataType.BigInt));
        Should.Throw<ChunnelException>(() => Read(new Int32Array.Builder().Append(-1).Build(), DataType.Boolean)).Message.ShouldContain("boolean");
    }

    [Fact]
    public void Damage_is_noticed_before_it_is_read()
    {
        var bytes = "abcdef"u8.ToArray();
        Refused(Text(bytes, 0, 4, 2));
        Refused(Text(bytes, 0, 3, 7));
        Refused(Text(bytes, -1, 3, 6));
        Refused(Text([0xFF, (byte)'a', (byte)'b'], 0, 1, 3)).ShouldContain("row 0");
        Refused(Text("ä"u8.ToArray(), 0, 1, 2)).ShouldContain("UTF-8");
        Refused(new ArrayData(Types.Int64Type.Default, 3, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(new byte[16])]), DataType.BigInt);
        Refused(new ArrayData(new Types.ListType(Types.Int32Type.Default), 1, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(Ints(0, 5))],
            [new ArrayData(Types.Int32Type.Default, 2, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(Ints(1, 2))])]), DataType.Array(DataType.Int));
        Refused(new ArrayData(Types.BooleanType.Default, 9, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(new byte[1])]), DataType.Boolean);
    }

    private static object?[] Read(IArrowArray array, DataType type) => Read(array.Data, type);

    private static object?[] Read(ArrayData data, DataType type)
    {
        var memory = BatchMemory.Unlimited();
        var schema = new TableSchema(TablePath.Default, [new ColumnDef("c", type)]);
        var records = new RecordBatch(new Apache.Arrow.Schema([new Field("c", data.DataType, nullable: true)], null), [ArrowArrayFactory.BuildArray(data)], data.Length);
        try
        {
            using var batch = ArrowBridge.Copy(records, schema, memory);
            return [.. BoxedRows.Of(batch).Select(row => row[0])];
        }
        finally
        {
            GC.KeepAlive(records);
        }
    }

    private static string Refused(ArrayData data, DataType? type = null) => Should.Throw<ChunnelException>(() => Read(data, type ?? DataType.String)).Message;

    private static ArrayData Text(byte[] bytes, params int[] offsets) =>
        new(Types.StringType.Default, offsets.Length - 1, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(Ints(offsets)), new ArrowBuffer(bytes)]);

    private static ArrayData Raw(Types.IArrowType type, byte[] values)
    {
        var width = ((Types.FixedWidthType)type).BitWidth / 8;
        return new ArrayData(type, values.Length / width, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(values)]);
    }

    private static byte[] Bytes(params long[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static byte[] Ints(params int[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
}
