using Chunnel.TestKit;

namespace Chunnel.Engine.Tests.Storage;

public sealed class LocalCheckpointsKeepTheContract : CheckpointStoreContract, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override IObjectMedium Open() => new FolderMedium(_folder.File("checkpoints"), TimeProvider.System);
}
