using System.Text.Json.Nodes;
using Kinora.Adapters.Providers.DataFiles;
using Kinora.Adapters.Providers.Http;
using Kinora.Catalog;

namespace Kinora.Adapters.Providers.Relay;

/// <summary>Makes a profile of a file's fields, and says everything that is wrong with them.</summary>
internal static class ProfileReader
{
    private const string PathForm = "a path into JSON, such as data.videos.0.url";

    private static readonly (string, RemoteState)[] _states = [.. Enum.GetValues<RemoteState>().Select(state => (state.ToString().ToLowerInvariant(), state))];

    public static RelayProfile Read(DataNode file, string name)
    {
        var poll = ReadCall(file.RequiredChild("poll"), HttpMethod.Get, true);
        var states = _states.Select(state => state.Item1).ToList();
        var settings = file.ObjectsOfAnyCase("settings").ToDictionary(one => one.Name, one => ReadSetting(one.Node), StringComparer.OrdinalIgnoreCase);
        var profile = new RelayProfile
        {
            Name = name,
            BaseUrl = file.Text("baseUrl", IsAddress, "an http or https address"),
            KeyPage = file.Text("keyPage", IsAddress, "an http or https address"),
            MinPoll = TimeSpan.FromSeconds(file.Number("minPollSeconds", 1, 600)),
            Patience = (int)file.Number("patience", 0, 20, 3),
            Settings = settings,
            Create = ReadCreate(file.RequiredChild("create"), poll, settings),
            CreateWithPicture = file.Child("createWithPicture") is { } other ? ReadCreate(other, poll, settings) : null,
            Remix = file.Child("remix") is { } remix ? ReadRemix(remix, poll, settings) : null,
            Wrapper = file.Text("wrapper", IsPath, PathForm),
            Id = file.Texts("id", IsPath, PathForm, required: true),
            State = file.Texts("state", IsPath, PathForm, required: true),
            InnerState = file.Texts("innerState", IsPath, PathForm),
            Words = (file.Words("words", states.Contains, "one of " + string.Join(", ", states)) ?? new Dictionary<string, string>())
                .ToDictionary(word => word.Key, word => Enum.Parse<RemoteState>(word.Value, ignoreCase: true), StringComparer.OrdinalIgnoreCase),
            Progress = [.. file.Children("progress").Select(ReadProgress)],
            Links = file.Texts("links", IsPath, PathForm, required: true),
            Errors = file.Texts("errors", IsPath, PathForm, required: true),
            Models = [.. file.Children("models").Select(row => ReadModel(row, row.Required("name"), row.Required("title")))],
            OtherModels = file.Child("otherModels") is { } row ? ReadModel(row, "", "") : null,
        };
        file.NothingElse();
        return profile;
    }

    private static RelayCall ReadCall(DataNode node, HttpMethod usual, bool needsId)
    {
        var verb = node.Choice("verb", usual, ("GET", HttpMethod.Get), ("POST", HttpMethod.Post), ("PUT", HttpMethod.Put));
        var allowed = needsId ? "a path that begins with / and holds {id}" : "a path that begins with /";
        var path = node.Required("path", text => text.StartsWith('/') && !text.Any(char.IsWhiteSpace) && (!needsId || text.Contains("{id}", StringComparison.Ordinal)), allowed);
        if (usual == HttpMethod.Get)
        {
            node.NothingElse();
        }

        return new RelayCall(verb, path);
    }

    private static RelayCreate ReadCreate(DataNode node, RelayCall poll, Dictionary<string, RelaySetting> settings, bool remixes = false)
    {
        var form = node.Choice("body", false, ("json", false), ("form", true));
        var fields = node.Objects("fields").Select(field => ReadField(field.Name, field.Node, form, settings)).ToList();
        if (!remixes && !fields.Any(field => field.From == "prompt"))
        {
            node.Fault("fields", "an object with a field that comes from prompt");
        }

        var create = new RelayCreate(ReadCall(node, HttpMethod.Post, remixes), form, fields, node.Child("poll") is { } own ? ReadCall(own, HttpMethod.Get, true) : poll);
        if (!remixes)
        {
            node.NothingElse();
        }

        return create;
    }

    private static RelayRemix ReadRemix(DataNode node, RelayCall poll, Dictionary<string, RelaySetting> settings)
    {
        var remix = new RelayRemix(ReadCreate(node, poll, settings, remixes: true), node.Texts("idStarts"), node.Text("unless", settings.ContainsKey, "the name of a setting"));
        node.NothingElse();
        return remix;
    }

    private static RelayField ReadField(string path, DataNode node, bool form, Dictionary<string, RelaySetting> settings)
    {
        var sources = "one of " + string.Join(", ", RelaySources.Names);
        var field = new RelayField(path)
        {
            From = node.Text("from", RelaySources.Names.Contains, sources),
            Setting = node.Text("setting", settings.ContainsKey, "the name of a setting of this profile"),
            Value = node.Any("value") is { } value ? JsonNode.Parse(value.GetRawText()) : null,
            As = node.Text("as", RelaySources.Forms.Contains, "one of " + string.Join(", ", RelaySources.Forms)) ?? "text",
            Words = node.Words("words"),
            Otherwise = node.Any("otherwise") is { } otherwise ? JsonNode.Parse(otherwise.GetRawText()) : null,
            When = node.Text("when", RelaySources.Names.Contains, sources),
        };
        node.NothingElse();
        if (!IsPath(path))
        {
            node.Fault("", "named by " + PathForm);
        }

        if ((field.From is null ? 0 : 1) + (field.Setting is null ? 0 : 1) + (field.Value is null ? 0 : 1) != 1)
        {
            node.Fault("", "an object with exactly one of from, setting, value");
        }

        if (field.From is "firstFrame" && (field.As == "file") != form)
        {
            node.Fault("as", form ? "file, since this body is a form" : "text or list, since this body is no form");
        }

        return field;
    }

    private static RelaySetting ReadSetting(DataNode node)
    {
        var setting = new RelaySetting(
            node.Required("type", ModelOption.Types.Contains, "one of " + string.Join(", ", ModelOption.Types)), node.Text("default"), node.Text("with"));
        node.NothingElse();
        return setting;
    }

    private static RelayProgress ReadProgress(DataNode node)
    {
        // A text such as "30%" is a percentage, whatever stands here.
        var progress = new RelayProgress(node.Required("path", IsPath, PathForm), node.Choice("scale", 100d, ("0..1", 1), ("0..100", 100), ("text", 100)));
        node.NothingElse();
        return progress;
    }

    private static RelayModel ReadModel(DataNode node, string name, string title)
    {
        var lengths = node.Numbers("durations", 3_600);
        var sizes = node.Texts("sizes", text => FrameSize.TryParse(text, out _), "a list of sizes such as 1280x720").Select(text => FrameSize.TryParse(text, out var size) ? size : default).ToList();
        var model = new RelayModel
        {
            Name = name,
            Title = title,
            Durations = lengths.Count == 0 ? null : DurationRule.OneOf(lengths[0], [.. lengths]),
            Sizes = sizes.Count == 0 ? null : new SizeRule { Allowed = sizes, Default = sizes[0] },
            FirstFrame = node.Choice("firstFrame", FrameWay.None, ("none", FrameWay.None), ("sent", FrameWay.Sent), ("publicUrl", FrameWay.PublicUrl)),
            Audio = node.Choice("audio", AudioRule.Unknown, ("none", AudioRule.None), ("always", AudioRule.Always), ("switch", AudioRule.Switch), ("unknown", AudioRule.Unknown)),
            Remix = node.Flag("remix"),
            Source = node.Required("source"),
            Read = node.Day("read"),
        };
        node.NothingElse();
        return model;
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0;

    private static bool IsPath(string text) => text.Split('.').All(step => step.Length > 0) && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter));
}
