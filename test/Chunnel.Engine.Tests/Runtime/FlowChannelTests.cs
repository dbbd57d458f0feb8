using Chunnel.Core;

namespace Chunnel.Engine.Tests;

public sealed class FlowChannelTests
{
    private static readonly TableSchema _schema = new(TablePath.Parse("t"), [new ColumnDef("n", DataType.BigInt)]);
    private readonly BatchMemory _memory = BatchMemory.Unlimited();

    [Fact]
    public async Task Items_come_out_in_order()
    {
        using var channel = new FlowChannel(1 << 20);
        await channel.WriteAsync(FlowItem.Of(Batch(3)), TestContext.Current.CancellationToken);
        await channel.WriteAsync(FlowItem.Of(new Barrier(1, CheckpointKind.Checkpoint)), TestContext.Current.CancellationToken);
        channel.Rows.ShouldBe(3);
        var first = await channel.ReadAsync(TestContext.Current.CancellationToken);
        first.Kind.ShouldBe(FlowKind.Batch);
        first.Batch!.Dispose();
        (await channel.ReadAsync(TestContext.Current.CancellationToken)).Barrier.CheckpointId.ShouldBe(1);
        channel.Rows.ShouldBe(0);
    }

    [Fact]
    public async Task A_full_channel_makes_the_writer_wait_but_lets_a_barrier_in()
    {
        using var channel = new FlowChannel(capacityBytes: 100);
        await channel.WriteAsync(FlowItem.Of(Batch(100)), TestContext.Current.CancellationToken); // larger than the channel: an empty one takes it
        var second = channel.WriteAsync(FlowItem.Of(Batch(1)), TestContext.Current.CancellationToken);
        second.IsCompleted.ShouldBeFalse();
        var barrier = channel.WriteAsync(FlowItem.Of(new Barrier(1, CheckpointKind.Checkpoint)), TestContext.Current.CancellationToken);
        barrier.IsCompleted.ShouldBeTrue();
        (await channel.ReadAsync(TestContext.Current.CancellationToken)).Batch!.Dispose();
        await second;
    }

    [Fact]
    public async Task A_writer_that_is_stopped_while_waiting_gives_its_batch_back()
    {
        using var channel = new FlowChannel(capacityBytes: 100);
        await channel.WriteAsync(FlowItem.Of(Batch(100)), TestContext.Current.CancellationToken);
        using var stopping = new CancellationTokenSource();
        var waiting = channel.WriteAsync(FlowItem.Of(Batch(1)), stopping.Token).AsTask();
        await stopping.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        channel.Dispose();
        _memory.Budget.InUseBytes.ShouldBe(0);
    }

    [Fact]
    public async Task A_reader_that_is_gone_stops_the_writer()
    {
        var channel = new FlowChannel(capacityBytes: 100);
        await channel.WriteAsync(FlowItem.Of(Batch(100)), TestContext.Current.CancellationToken);
        var waiting = channel.WriteAsync(FlowItem.Of(Batch(1)), TestContext.Current.CancellationToken).AsTask();
        channel.Dispose();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        _memory.Budget.InUseBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Waking_lets_the_reader_look_up()
    {
        using var channel = new FlowChannel(100);
        var reading = channel.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        reading.IsCompleted.ShouldBeFalse();
        channel.Wake();
        (await reading).Kind.ShouldBe(FlowKind.None);
    }

    private ColumnBatch Batch(int rows)
    {
        using var builder = new BatchBuilder(_schema, _memory, rows);
        builder.Fixed<long>(0).Clear();
        return builder.Build(rows);
    }
}
