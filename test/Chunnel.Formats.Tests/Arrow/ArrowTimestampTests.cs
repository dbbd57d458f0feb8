using Apache.Arrow;
using Chunnel.Core;
using Chunnel.Formats.Arrow;
using Chunnel.TestKit;

namespace Chunnel.Formats.Tests.Arrow;

/// <summary>data-path.md 2.1: units are chosen before the first row, and nothing wraps.</summary>
public sealed class ArrowTimestampTests
{
    private static readonly BoxedTimestamp Sentinel = new(253_402_300_799_999_999);

    [Fact]
    public void Nanoseconds_are_kept_where_the_column_declares_them()
    {
        using var view = Wrap(new ArrowOptions { Timestamps = ArrowTimestamps.NanosWhereDeclared }, scale: 9, new BoxedTimestamp(-1, 999));
        Values(view).ShouldBe([-1]);
        view.ValuesRounded.ShouldBe(0);
    }

    [Fact]
    public void A_sentinel_beyond_the_nanoseconds_fails_naming_its_row_and_never_becomes_another_year()
    {
        var refused = Should.Throw<ChunnelException>(() => Wrap(new ArrowOptions { Timestamps = ArrowTimestamps.NanosWhereDeclared }, scale: 9, new BoxedTimestamp(0), Sentinel));
        refused.Message.ShouldContain("'t', row 1");
        refused.Message.ShouldContain("9999-12-31T23:59:59.999999");
    }

    [Fact]
    public void A_sentinel_is_clamped_or_null_when_asked_for()
    {
        using var clamped = Wrap(new ArrowOptions { Timestamps = ArrowTimestamps.NanosWhereDeclared, OutOfRange = OutOfRange.Clamp }, scale: 9, Sentinel);
        Values(clamped).ShouldBe([long.MaxValue]);
        using var none = Wrap(new ArrowOptions { Timestamps = ArrowTimestamps.NanosWhereDeclared, OutOfRange = OutOfRange.Null }, scale: 9, new BoxedTimestamp(5), Sentinel, null);
        Values(none).ShouldBe([5000, null, null]);
        none.ValuesOutOfRange.ShouldBe(1);
    }

    [Fact]
    public void Milliseconds_are_floored_and_each_loss_is_counted()
    {
        using var view = Wrap(new ArrowOptions { Timestamps = ArrowTimestamps.Millis }, scale: null, new BoxedTimestamp(-1), new BoxedTimestamp(2000), new BoxedTimestamp(2999), null);
        Values(view).ShouldBe([-1, 2, 2, null]);
        view.ValuesRounded.ShouldBe(2);
    }

    [Fact]
    public void A_loss_fails_where_it_is_told_to() =>
        Should.Throw<ChunnelException>(() => Wrap(new ArrowOptions { PrecisionLoss = PrecisionLoss.Fail }, scale: null, new BoxedTimestamp(0, 1))).Message.ShouldContain("row 0");

    [Fact]
    public void Infinities_pass_among_ourselves_and_are_refused_by_a_policy()
    {
        var infinity = new BoxedTimestamp(TimestampColumn.PositiveInfinity);
        using (var view = Wrap(ArrowOptions.Default, scale: null, infinity)) Values(view).ShouldBe([long.MaxValue]);
        Should.Throw<ChunnelException>(() => Wrap(new ArrowOptions { OutOfRange = OutOfRange.Fail }, scale: null, infinity)).Message.ShouldContain("infinity");
        using var clamped = Wrap(new ArrowOptions { OutOfRange = OutOfRange.Clamp }, scale: null, infinity, new BoxedTimestamp(3));
        Values(clamped).ShouldBe([Sentinel.Micros, 3]);
    }

    private static ArrowBatch Wrap(ArrowOptions options, int? scale, params BoxedTimestamp?[] values)
    {
        var memory = BatchMemory.Unlimited();
        var schema = new TableSchema(TablePath.Default, [new ColumnDef("t", DataType.Timestamp) { Scale = scale }]);
        try
        {
            using var batch = BoxedRows.ToBatch(schema, [.. values.Select(value => new BoxedRow(value))], memory);
            return new ArrowBridge(schema, options).Wrap(batch);
        }
        catch
        {
            memory.Budget.InUseBytes.ShouldBe(0);
            throw;
        }
    }

    private static long?[] Values(ArrowBatch view)
    {
        var array = (TimestampArray)view.Records.Column(0);
        return [.. Enumerable.Range(0, array.Length).Select(array.GetValue)];
    }
}
