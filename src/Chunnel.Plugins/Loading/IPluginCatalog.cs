using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>What an assembly in the plug-ins folder has to offer.</summary>
public interface IPluginCatalog
{
    IReadOnlyList<PluginEntry> Entries { get; }

    /// <summary>Ciphers for the secrets of job files.</summary>
    IReadOnlyList<ShadeEntry> Shades => [];

    /// <summary>Functions for queries of the Sql transform.</summary>
    IReadOnlyList<SqlFunctionEntry> SqlFunctions => [];
}
