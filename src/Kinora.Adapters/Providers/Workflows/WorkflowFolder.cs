using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Adapters.Providers.DataFiles;

namespace Kinora.Adapters.Providers.Workflows;

/// <summary>The operator's workflows, read and checked. Each fault names its file and what is expected there.</summary>
internal sealed record WorkflowFolder(IReadOnlyList<Workflow> Workflows, IReadOnlyList<string> Faults)
{
    private const string BindingsEnd = ".bindings.json";

    /// <summary>The most a file may weigh, in bytes.</summary>
    private const int MaxBytes = 16 * 1024 * 1024;

    private static readonly DataFile<Bindings> _bindings = new((file, _) => Bindings.Read(file));
    private static readonly JsonDocumentOptions _lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false };

    /// <param name="provider">First part of the model ids.</param>
    public static WorkflowFolder Read(string folder, string provider)
    {
        var (workflows, faults) = (new List<Workflow>(), new List<string>());
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.json").Where(file => !file.EndsWith(BindingsEnd, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                ReadOne(file, provider, workflows, faults);
            }

            if (workflows.Count == 0 && faults.Count == 0)
            {
                faults.Add($"{folder} holds no workflow; NAME.json (a graph in API format) with NAME{BindingsEnd} beside it is expected.");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{folder} cannot be read; a folder with workflows is expected.");
        }

        return new WorkflowFolder(workflows, faults);
    }

    private static void ReadOne(string file, string provider, List<Workflow> workflows, List<string> faults)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var bound = Path.ChangeExtension(file, null) + BindingsEnd;
        var before = faults.Count;
        if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            faults.Add($"{Path.GetFileName(file)}: a workflow's name holds letters, digits, dots, - and _ only.");
        }

        var graph = Bytes(file, faults) is { } text ? Graph(text, Path.GetFileName(file), faults) : null;
        var bindings = File.Exists(bound) && Bytes(bound, faults) is { } said ? _bindings.Parse(said, name, Path.GetFileName(bound), faults) : null;
        if (!File.Exists(bound))
        {
            faults.Add($"{Path.GetFileName(bound)} is missing beside {Path.GetFileName(file)}; it says which inputs hold prompt, size and so on, and which node has the result.");
        }

        if (graph is not null && bindings is not null)
        {
            faults.AddRange(GraphFaults(graph).Select(fault => $"{Path.GetFileName(file)}: {fault}"));
            if (faults.Count == before)
            {
                faults.AddRange(BindingFaults(graph, bindings).Select(fault => $"{Path.GetFileName(bound)}: {fault}"));
            }
        }

        if (faults.Count == before)
        {
            workflows.Add(new Workflow($"{provider}/{name}", graph!, bindings!));
        }
    }

    private static byte[]? Bytes(string file, List<string> faults)
    {
        if (new FileInfo(file).Length <= MaxBytes)
        {
            return File.ReadAllBytes(file);
        }

        faults.Add(FormattableString.Invariant($"{Path.GetFileName(file)}: such a file has at most {MaxBytes:N0} bytes."));
        return null;
    }

    private static JsonObject? Graph(byte[] text, string file, List<string> faults)
    {
        try
        {
            if (JsonNode.Parse(text.AsSpan(DataFile.Start(text)), documentOptions: _lenient) is JsonObject graph)
            {
                return graph;
            }

            faults.Add($"{file}: a JSON object is expected.");
        }
        catch (JsonException fault)
        {
            faults.Add($"{file}: {fault.Message}");
        }

        return null;
    }

    private static IEnumerable<string> GraphFaults(JsonObject graph) =>
        graph["nodes"] is JsonArray ? ["this is the editor's format; save the workflow by \"Export (API)\"."]
        : graph.Count == 0 || graph.Any(node => node.Value is not JsonObject parts || parts["class_type"] is null || parts["inputs"] is not JsonObject) ? ["an API-format graph is expected: every node has class_type and inputs."]
        : [];

    private static IEnumerable<string> BindingFaults(JsonObject graph, Bindings bindings)
    {
        if (graph[bindings.Output] is null)
        {
            yield return $"output is the id of the node that saves the result; the graph has no node \"{bindings.Output}\".";
        }

        foreach (var (name, place) in bindings.All)
        {
            if (graph[place.Node]?["inputs"] is not JsonObject inputs)
            {
                yield return $"{name}: the graph has no node \"{place.Node}\"; it has {string.Join(", ", graph.Select(node => node.Key))}.";
            }
            else if (!inputs.ContainsKey(place.Input))
            {
                yield return $"{name}: node \"{place.Node}\" has no input \"{place.Input}\"; it has {string.Join(", ", inputs.Select(input => input.Key))}.";
            }
            else if (name is "width" or "height" or "frames" or "fps" && Workflow.Number(graph, place) is not > 0)
            {
                yield return $"{name}: a positive number is expected in input \"{place.Input}\" of node \"{place.Node}\"; bind the node that holds it.";
            }
        }

        if (bindings.Width.Count == 0 != (bindings.Height.Count == 0))
        {
            yield return "width and height are bound together, or neither is.";
        }

        if (bindings.Frames.Count > 0 && bindings.Fps.Count == 0 && bindings.FramesPerSecond is null)
        {
            yield return "frames needs fps (an input that says it) or frames_per_second (a number).";
        }

        if (bindings.Seconds is not null && bindings.Frames.Count == 0)
        {
            yield return "seconds is {\"min\":…,\"max\":…} beside a binding for frames.";
        }
    }
}
