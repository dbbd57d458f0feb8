using System.Reflection;
using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>An assembly from the plug-ins folder, loaded at the first use of one of its plug-ins.</summary>
internal sealed class PluginAssembly(PluginManifest manifest)
{
    private readonly Lazy<IPluginCatalog> _catalog = new(() => Load(manifest));

    /// <summary>Makes the plug-in of a name that the manifest lists.</summary>
    /// <exception cref="ChunnelException">The assembly cannot be used; the message says which, where and why.</exception>
    public PluginDefinition Make(PluginKind kind, string name)
    {
        var entry = _catalog.Value.Entries.FirstOrDefault(entry => entry.Kind == kind && entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw Broken(manifest, $"its manifest lists the {kind.ToString().ToLowerInvariant()} '{name}', which its catalog does not have", null, "Correct plugin.json, or the catalog's entries.");
        try
        {
            return entry.Make();
        }
        catch (Exception e) when (e is not ChunnelException)
        {
            throw Broken(manifest, $"making the {kind.ToString().ToLowerInvariant()} '{name}' failed: {e.GetType().Name}: {e.Message}", e, MendOf(e));
        }
    }

    /// <summary>Makes the function of a name that the manifest lists.</summary>
    /// <exception cref="ChunnelException">The assembly cannot be used; the message says which, where and why.</exception>
    public ISqlFunction MakeFunction(string name)
    {
        var entry = _catalog.Value.SqlFunctions.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw Broken(manifest, $"its manifest lists the function '{name}', which its catalog does not have", null, "Correct plugin.json, or the catalog's functions.");
        try
        {
            return entry.Make();
        }
        catch (Exception e) when (e is not ChunnelException)
        {
            throw Broken(manifest, $"making the function '{name}' failed: {e.GetType().Name}: {e.Message}", e, MendOf(e));
        }
    }

    /// <summary>Makes the cipher of an identifier that the manifest lists.</summary>
    /// <exception cref="ShadeException">The assembly cannot be used, or the cipher lacks something.</exception>
    public IShade OpenShade(string identifier, SettingsObject properties)
    {
        try
        {
            var entry = _catalog.Value.Shades.FirstOrDefault(entry => entry.Identifier == identifier)
                ?? throw Broken(manifest, $"its manifest lists the shade '{identifier}', which its catalog does not have", null, "Correct plugin.json, or the catalog's shades.");
            return entry.Open(properties);
        }
        catch (ChunnelException broken)
        {
            throw new ShadeException($"cannot be used: {broken.What}", broken.Mend);
        }
    }

    private static IPluginCatalog Load(PluginManifest manifest)
    {
        if (!File.Exists(manifest.AssemblyPath)) throw Broken(manifest, $"the assembly '{Path.GetFileName(manifest.AssemblyPath)}' is not there", null, "Copy it beside plugin.json, with what it needs.");
        try
        {
            var assembly = new PluginLoadContext(Path.GetFullPath(manifest.AssemblyPath)).LoadFromAssemblyPath(Path.GetFullPath(manifest.AssemblyPath));
            if (assembly.GetCustomAttribute<ChunnelPluginsAttribute>() is not { } named) throw Broken(manifest, "the assembly does not say which type lists its plug-ins", null, "Add [assembly: ChunnelPlugins(typeof(...))].");
            if (Activator.CreateInstance(named.Catalog) is not IPluginCatalog catalog) throw Broken(manifest, $"{named.Catalog.Name} is not an {nameof(IPluginCatalog)}", null, "Implement the interface.");
            return catalog;
        }
        catch (Exception e) when (e is not ChunnelException)
        {
            var cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            throw Broken(manifest, $"{cause.GetType().Name}: {cause.Message}", cause, MendOf(cause));
        }
    }

    private static string MendOf(Exception cause) => cause switch
    {
        BadImageFormatException => "The file is no .NET assembly, or one for another platform.",
        FileNotFoundException or FileLoadException => "Copy what the plug-in needs beside it (dotnet publish does).",
        TypeLoadException or MissingMemberException => "It was built against another version of Chunnel.Plugins: build it against this one.",
        _ => "Ask the plug-in's author, or take the folder out of plugins/.",
    };

    private static ChunnelException Broken(PluginManifest manifest, string why, Exception? cause, string mend) =>
        new(CommonErrors.FactoryInitFailed, $"The plug-in in '{manifest.Folder}' cannot be used: {why.TrimEnd('.')}.", cause) { Mend = mend };
}
