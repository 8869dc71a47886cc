namespace Kinora.Catalog;

/// <summary>Settings <c>Models:…</c>.</summary>
public sealed record CatalogOptions
{
    /// <summary>The model of a request that names none; null for the first configured live video model, else the built-in renderer.</summary>
    public string? Default { get; init; }

    /// <summary>The model of a picture for which none is named; null for the first configured live image model, else the built-in renderer.</summary>
    public string? DefaultImage { get; init; }

    /// <summary>Foreign names and the models they stand for; a null value means the default model of what is asked for.</summary>
    public IReadOnlyDictionary<string, string?> Aliases { get; init; } = new Dictionary<string, string?>();
}
