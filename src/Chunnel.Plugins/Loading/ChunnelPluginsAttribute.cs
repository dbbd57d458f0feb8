namespace Chunnel.Plugins;

/// <summary>Names the type that lists an assembly's plug-ins: <c>[assembly: ChunnelPlugins(typeof(MyPlugins))]</c>.</summary>
/// <param name="catalog">A type with a constructor without parameters that is an <see cref="IPluginCatalog"/>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ChunnelPluginsAttribute(Type catalog) : Attribute
{
    public Type Catalog { get; } = catalog;
}
