using System.Text.Json;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools;

/// <summary>What a client is told of a tool, and what is checked before the tool runs.</summary>
/// <param name="Name">verb_noun, or the name of the original in a profile.</param>
/// <param name="Description">One sentence on when to use it; perhaps one on time or money.</param>
/// <param name="Toolset">The group it is switched on with.</param>
internal sealed record ToolSpec(string Name, string Toolset, string Description)
{
    public IReadOnlyList<Param> Params { get; init; } = [];

    public required Shape Result { get; init; }

    public required ToolEffect Effect { get; init; }

    /// <summary>The same call twice does no more than once.</summary>
    public bool Idempotent { get; init; }

    /// <summary>Names of parameters of which at most one may be given.</summary>
    public IReadOnlyList<string> OnlyOneOf { get; init; } = [];

    /// <summary>It makes a job that a client may follow as a task.</summary>
    public bool StartsJob { get; init; }

    /// <summary>The checked arguments of one call.</summary>
    /// <exception cref="Errors.KinoraException">Every fault at once; each names the field and what is allowed.</exception>
    public GivenArguments Read(IDictionary<string, JsonElement>? given) => GivenArguments.Read(Name, Params, OnlyOneOf, given);

    /// <summary>Writes the tool as <c>tools/list</c> shows it, with all four annotations.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Name);
        json.WriteString("description", Description);
        json.WritePropertyName("inputSchema");
        WriteInput(json);
        json.WritePropertyName("outputSchema");
        Result.Write(json);
        json.WriteStartObject("annotations");
        json.WriteBoolean("readOnlyHint", Effect == ToolEffect.Reads);
        json.WriteBoolean("destructiveHint", Effect == ToolEffect.Destroys);
        json.WriteBoolean("idempotentHint", Idempotent);
        json.WriteBoolean("openWorldHint", Effect == ToolEffect.Pays);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteInput(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var param in Params)
        {
            json.WritePropertyName(param.Name);
            param.WriteSchema(json);
        }

        json.WriteEndObject();
        if (Params.Any(p => p.Required))
        {
            json.WriteStartArray("required");
            foreach (var param in Params)
            {
                if (param.Required)
                {
                    json.WriteStringValue(param.Name);
                }
            }

            json.WriteEndArray();
        }

        json.WriteBoolean("additionalProperties", false);
        json.WriteEndObject();
    }
}

/// <summary>What a tool does to the world.</summary>
internal enum ToolEffect
{
    /// <summary>Looks only.</summary>
    Reads,

    /// <summary>Writes a new file in the operator's folders.</summary>
    Writes,

    /// <summary>Removes something for good.</summary>
    Destroys,

    /// <summary>Makes a job, which may cost money at a provider.</summary>
    Pays,
}
