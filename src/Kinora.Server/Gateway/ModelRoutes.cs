using System.Text.Json;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Server.Api;
using Kinora.Server.Commands;
using Kinora.Server.Schema;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Gateway;

/// <summary>Models as OpenAI lists them: every id, and every name that stands for one.</summary>
internal sealed class ModelRoutes(ModelCatalog catalog) : IApiRoutes
{
    private const string Tag = "OpenAI: models";

    private const string Example = """{"id":"animatic/storyboard","object":"model","created":0,"owned_by":"animatic","kinora":{"model":"animatic/storyboard","title":"Animatic, the built-in storyboard renderer","kinds":["video","image"],"features":["first frame","seed"],"price":"free","price_usd":0,"price_per":"job","source":"this program"}}""";

    private static readonly Shape _model = Schema.Shape.Object(
        ("id", Text), ("object", OneOf("model")), ("created", Integer), ("owned_by", Text), ("kinora", Schema.Shape.Object(
            ("model", Text), ("title", Text), ("kinds", List(Text)), ("seconds?", Text), ("sizes?", Text), ("features", List(Text)), ("price?", Text), ("price_usd?", Number), ("price_per?", Text),
            ("retires_on?", Text), ("source", Text))));

    public IEnumerable<ApiOperation> Operations =>
    [
        new("GET", "/v1/models", "openaiListModels", "All models and aliases", ListAsync)
        {
            Tag = Tag,
            Style = OpenAiStyle.Instance,
            Access = ApiAccess.Read,
            About = "created is the day the facts of a model were read, 0 where that is not known.",
            Answer = new ApiAnswer(Schema.Shape.Object(("object", OneOf("list")), ("data", List(_model))), $$"""{"object":"list","data":[{{Example}}]}"""),
        },
        new("GET", "/v1/models/{**id}", "openaiGetModel", "One model or alias", GetAsync)
        {
            Tag = Tag,
            Style = OpenAiStyle.Instance,
            Access = ApiAccess.Read,
            Answer = new ApiAnswer(_model, Example),
            Errors = [ErrorCodes.ModelNotFound],
        },
    ];

    private async Task ListAsync(ApiCall call)
    {
        var all = await AllAsync(call.Cancel);
        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("object", "list");
            json.WriteStartArray("data");
            foreach (var (name, model) in all)
            {
                Write(json, name, model);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task GetAsync(ApiCall call)
    {
        // OpenAI's clients write the slash of an id as %2F, which routing leaves as it is.
        var name = call.Id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var found = (await AllAsync(call.Cancel)).FirstOrDefault(m => m.Name == name);
        var model = found.Model ?? throw new KinoraException(ErrorCodes.ModelNotFound, "There is no such model here. GET /v1/models lists all there are.");
        await call.AnswerAsync(json => Write(json, name, model));
    }

    private async Task<IReadOnlyList<(string Name, ModelInfo Model)>> AllAsync(CancellationToken cancel)
    {
        var models = await catalog.ListAsync(cancel);
        var known = models.ToDictionary(m => m.Id, StringComparer.Ordinal);
        var aliases = (await catalog.AliasesAsync(kind: null, cancel)).Where(a => known.ContainsKey(a.Model)).DistinctBy(a => a.Name).Select(a => (a.Name, known[a.Model]));
        return [.. models.Select(m => (m.Id, m)), .. aliases];
    }

    private static void Write(Utf8JsonWriter json, string name, ModelInfo model)
    {
        json.WriteStartObject();
        json.WriteString("id", name);
        json.WriteString("object", "model");
        json.WriteNumber("created", model.SourceDate is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds() : 0);
        json.WriteString("owned_by", model.Provider);
        json.WriteStartObject("kinora");
        json.WriteString("model", model.Id);
        json.WriteString("title", model.Title);
        ModelFacts.Write(json, model);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
