using Chunnel.Core;

namespace Chunnel.Engine.Tests;

/// <summary>A checkpoint holds the letters of the rows before it, whichever of the loops is ahead (architecture.md 6: S1, S2).</summary>
public sealed class LetterBoxTests : IDisposable
{
    private static readonly TableSchema _table = new(TablePath.Parse("t"), [new ColumnDef("n", DataType.BigInt)]);

    private readonly BatchMemory _memory = BatchMemory.Unlimited();
    private readonly FlowChannel _channel = new(FlowChannel.AimBytes, TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _channel.Dispose();

    [Fact]
    public async Task Who_has_passed_a_barrier_waits_with_further_letters_until_all_have()
    {
        var box = new LetterBox(_channel, 2);
        await box.SendAsync(0, Letter(1), Stop);
        await box.PassBarrierAsync(0, Barrier(1), Stop);
        var ahead = box.SendAsync(0, Letter(4), Stop).AsTask();
        await box.SendAsync(1, Letter(2), Stop);
        ahead.IsCompleted.ShouldBeFalse();
        await box.PassBarrierAsync(1, Barrier(1), Stop);
        await ahead.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        await box.SendAsync(1, Letter(5), Stop);
        (await ReadAsync(5)).ShouldBe(["1", "2", "barrier 1", "4", "5"]);
    }

    [Fact]
    public async Task One_that_is_two_barriers_ahead_waits_too()
    {
        var box = new LetterBox(_channel, 2);
        await box.PassBarrierAsync(0, Barrier(1), Stop);
        var second = box.PassBarrierAsync(0, Barrier(2), Stop).AsTask();
        second.IsCompleted.ShouldBeFalse();
        await box.PassBarrierAsync(1, Barrier(1), Stop);
        await second.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        await box.PassBarrierAsync(1, Barrier(2), Stop);
        (await ReadAsync(2)).ShouldBe(["barrier 1", "barrier 2"]);
    }

    [Fact]
    public async Task Waiting_ends_with_the_loop_and_the_letters_are_given_back()
    {
        var box = new LetterBox(_channel, 2);
        await box.PassBarrierAsync(0, Barrier(1), Stop);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var ahead = box.SendAsync(0, Letter(1), end.Token).AsTask();
        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(ahead);
        _memory.Budget.InUseBytes.ShouldBe(0);
    }

    private static Barrier Barrier(long id) => new(id, CheckpointKind.Checkpoint);

    private ColumnBatch Letter(long number)
    {
        using var builder = new BatchBuilder(_table, _memory, 1);
        builder.Fixed<long>(0)[0] = number;
        return builder.Build(1);
    }

    private async Task<List<string>> ReadAsync(int items)
    {
        var read = new List<string>();
        for (var i = 0; i < items; i++)
        {
            var item = await _channel.ReadAsync(Stop);
            using (item.Batch) read.Add(item.Batch is { } batch ? $"{((FixedColumn<long>)batch[0]).Values[0]}" : $"barrier {item.Barrier.CheckpointId}");
        }
        return read;
    }
}
