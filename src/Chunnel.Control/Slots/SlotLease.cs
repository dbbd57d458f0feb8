namespace Chunnel.Control;

/// <summary>
/// One assignment of a slot. The same slot is given many times, also to the same group of the same job id in a later life: only the lease
/// tells them apart, so that a release that comes late frees nothing that is in use.
/// </summary>
/// <param name="Epoch">The reign of the master that gave it.</param>
/// <param name="Number">Counts the assignments of that reign from 1.</param>
public readonly record struct SlotLease(long Epoch, long Number);
