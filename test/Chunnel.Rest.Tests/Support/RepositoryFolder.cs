namespace Chunnel.Rest.Tests;

/// <summary>Where the repository lies that the tests were built from.</summary>
internal static class RepositoryFolder
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Chunnel.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
