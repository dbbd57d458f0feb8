namespace Chunnel.JobTests;

/// <summary>Files and made-up rows into files, through any number of kills: exactly the rows of the source (architecture.md 6: S1, S2).</summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private readonly KillLoop _loop = new(output);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [Fault("`kill -9` of the node, again and again: files into files", "at random moments, by a seed: at work, and while it starts")]
    public Task Files_into_files(int parallelism) =>
        _loop.RunAsync(new Copying(new FileEnd(Path.Combine(_loop.Folder, "in")), new FileEnd(Path.Combine(_loop.Folder, "out")), 30_000), parallelism);

    [Fact]
    [Fault("`kill -9` of the node, again and again: a seventh of the rows are dead letters", "at random moments, by a seed: at work, and while it starts")]
    public Task Files_into_files_and_dead_letters() =>
        _loop.RunAsync(new Copying(new FileEnd(Path.Combine(_loop.Folder, "in")), new LettersEnd(new FileEnd(Path.Combine(_loop.Folder, "out")), _loop.Folder), 30_000), 2);

    [Fact]
    [Fault("`kill -9` of the node, again and again: FakeSource into files", "at random moments, by a seed: at work, and while it starts")]
    public Task Made_up_rows_into_files() =>
        _loop.RunAsync(new Copying(new FakeEnd(), new FileEnd(Path.Combine(_loop.Folder, "out")), 30_000), 2);

    public void Dispose() => _loop.Dispose();
}
