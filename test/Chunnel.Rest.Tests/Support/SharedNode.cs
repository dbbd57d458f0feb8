namespace Chunnel.Rest.Tests;

/// <summary>One node for all tests of a class that leave no jobs behind which others would see.</summary>
public sealed class SharedNode : IAsyncLifetime
{
    public NodeUnderTest Node { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Node = await NodeUnderTest.StartAsync();

    public ValueTask DisposeAsync() => Node.DisposeAsync();
}
