namespace Chunnel.Plugins;

/// <summary>What an assembly in the plug-ins folder has to offer.</summary>
public interface IPluginCatalog
{
    IReadOnlyList<PluginEntry> Entries { get; }
}
