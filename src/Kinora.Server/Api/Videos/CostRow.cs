using System.Text.Json;
using Kinora.Jobs;
using Kinora.Server.Schema;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api.Videos;

/// <summary>Totals in the words of the original platform; those of the platform only for whoever may see them.</summary>
internal static class CostRow
{
    public static Shape Shape { get; } = Schema.Shape.Object(
        ("user_total", Number), ("user_count", Integer), ("user_reserved", Number), ("platform_total?", Number), ("platform_count?", Integer), ("platform_reserved?", Number));

    public const string Example = """{"user_total":1.6,"user_count":2,"user_reserved":0.8}""";

    public static void Write(Utf8JsonWriter json, Spend mine, Spend? all)
    {
        json.WriteStartObject();
        Write(json, "user", mine);
        if (all is not null)
        {
            Write(json, "platform", all);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string whose, Spend spend)
    {
        json.WriteNumber(whose + "_total", spend.SettledUsd);
        json.WriteNumber(whose + "_count", spend.Completed);
        json.WriteNumber(whose + "_reserved", spend.ReservedUsd);
    }
}
