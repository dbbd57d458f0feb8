namespace Chunnel.Engine;

/// <summary>Folders that survive a power cut.</summary>
internal static class DurableFolders
{
    extension(IDisk disk)
    {
        /// <summary>Makes a folder and those above it that are missing, and flushes each name.</summary>
        public void MakeFolders(string path)
        {
            if (disk.FolderExists(path)) return;
            var above = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path));
            if (!string.IsNullOrEmpty(above)) disk.MakeFolders(above);
            disk.MakeFolder(path);
            if (!string.IsNullOrEmpty(above)) disk.FlushFolder(above);
        }
    }
}
