namespace Chunnel.Plugins;

/// <summary>How a catalog of data calls a table, a folder or a topic, by OpenLineage's rules: the system that has it, and its name there.</summary>
/// <param name="Namespace"><c>postgres://host:5432</c>, <c>file</c>: no user, no password.</param>
/// <param name="Name"><c>database.schema.table</c>, or a path.</param>
public sealed record DatasetName(string Namespace, string Name);
