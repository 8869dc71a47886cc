using System.Text.Json;
using Kinora.Catalog;

namespace Kinora.Server.Commands;

/// <summary>What a model can do and costs, in few fields and in words, for doors whose readers are no programs of ours.</summary>
internal static class ModelFacts
{
    /// <summary>Into the object that is open.</summary>
    public static void Write(Utf8JsonWriter json, ModelInfo model)
    {
        json.WriteStartArray("kinds");
        foreach (var kind in model.Kinds)
        {
            json.WriteStringValue(kind.ToString().ToLowerInvariant());
        }

        json.WriteEndArray();
        if (model.Durations is { } durations)
        {
            json.WriteString("seconds", durations.ToString());
        }

        if (model.Sizes is { } sizes)
        {
            json.WriteString("sizes", sizes.ToString());
        }

        json.WriteStartArray("features");
        foreach (var feature in model.Features())
        {
            json.WriteStringValue(feature);
        }

        json.WriteEndArray();
        if (model.Price is { } price)
        {
            json.WriteString("price", price.ToString());
            json.WriteNumber("price_usd", price.Usd);
            json.WriteString("price_per", price.Per.ToString().ToLowerInvariant());
        }

        if (model.RetiresOn is { } end)
        {
            json.WriteString("retires_on", FormattableString.Invariant($"{end:yyyy-MM-dd}"));
        }

        json.WriteString("source", model.Source);
    }
}
