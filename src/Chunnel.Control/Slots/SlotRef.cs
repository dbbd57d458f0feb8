namespace Chunnel.Control;

/// <summary>A place for one task group on one node.</summary>
/// <param name="Worker">The node's address, <c>host:port</c>.</param>
/// <param name="SlotId">Unique on that node.</param>
public readonly record struct SlotRef(string Worker, long SlotId);
