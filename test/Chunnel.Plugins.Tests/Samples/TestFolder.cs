namespace Chunnel.Plugins.Tests.Samples;

/// <summary>A folder that goes with its test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chunnel-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
