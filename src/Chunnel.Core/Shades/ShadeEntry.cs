namespace Chunnel.Core;

/// <summary>A shade that is known by its identifier and made when a job names it.</summary>
/// <param name="Identifier">As <c>env.shade.identifier</c> names it; compared letter for letter.</param>
/// <param name="Open">Makes it from <c>env.shade.properties</c>; throws <see cref="ShadeException"/> when they do not suffice.</param>
public sealed record ShadeEntry(string Identifier, Func<SettingsObject, IShade> Open);
