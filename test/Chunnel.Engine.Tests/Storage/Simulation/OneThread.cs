namespace Chunnel.Engine.Tests.Storage;

/// <summary>Runs everything that awaits on the thread of the test, in the order in which it became ready.</summary>
internal sealed class OneThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Call, object? State)> _ready = new();

    public override void Post(SendOrPostCallback d, object? state) => _ready.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing waits here.");

    /// <summary>Runs until everyone waits for something.</summary>
    public void Drain()
    {
        while (_ready.TryDequeue(out var next)) next.Call(next.State);
    }
}
