using Chunnel.TestKit;

namespace Chunnel.Engine.Tests.Storage.Media;

public sealed class MemoryMediumKeepsTheContract : LogMediumContract, IAsyncDisposable
{
    private readonly MemoryMedium _medium = new();

    public ValueTask DisposeAsync() => _medium.DisposeAsync();

    protected override bool OutlivesItsNodes => false;

    protected override ILogMedium Open() => _medium;

    protected override ILogMedium OpenAnother() => new MemoryMedium();
}

public sealed class SqliteMediumKeepsTheContract : LogMediumContract, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override ILogMedium Open() => new SqliteMedium(_folder.File("log/control.db"));

    protected override ILogMedium OpenAnother() => new SqliteMedium(_folder.File("other.db"));
}

public sealed class FolderMediumKeepsTheContract : LogMediumContract, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override ILogMedium Open() => new FolderMedium(_folder.File("log/control"), TimeProvider.System);

    protected override ILogMedium OpenAnother() => new FolderMedium(_folder.File("other"), TimeProvider.System);
}
