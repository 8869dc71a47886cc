using System.Text.Json;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Schema;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Kinora.Server.Api;

/// <summary>
/// What came with a request, checked against the operation: query and body as arguments, files as scratch files that are gone when this is disposed of.
/// Nothing is read before its size is known to be allowed.
/// </summary>
internal sealed class ApiForm : IDisposable
{
    private const string Multipart = "multipart/form-data";

    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly ScratchFiles _scratch;
    private JsonDocument? _json;
    private LargeBodies.Turn? _turn;

    private ApiForm(ScratchFiles scratch) => _scratch = scratch;

    public GivenArguments Arguments { get; private set; } = GivenArguments.None;

    public IReadOnlyList<SentFile> Files => _scratch.Files;

    /// <exception cref="KinoraException"><c>invalid_request</c> with every fault, <c>body_too_large</c>, <c>body_unreadable</c>.</exception>
    public static async Task<ApiForm> ReadAsync(ApiOperation operation, HttpContext context, IAssetStore assets, IRandomBytes random, LargeBodies large)
    {
        var form = new ApiForm(new ScratchFiles(assets, random));
        try
        {
            if (operation.Body is { } body)
            {
                await form.ReadBodyAsync(body, context, large);
            }

            form.Check(operation, context.Request.Query);
            return form;
        }
        catch (IOException fault) when (DiskFull.Is(fault))
        {
            form.Dispose();
            throw new KinoraException(ErrorCodes.StorageFull, "The disk of the data folder is full; nothing was sent. Make room and try again.", fault.Message, fault);
        }
        catch (Exception fault) when (fault is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            form.Dispose();
            throw FormParts.Unreadable(fault);
        }
        catch
        {
            form.Dispose();
            throw;
        }
    }

    /// <summary>What came is not needed any more, though the request goes on: another large body may have its turn.</summary>
    public void Forget()
    {
        Arguments = GivenArguments.None;
        _fields.Clear();
        _json?.Dispose();
        _json = null;
        _turn?.Dispose();
    }

    public void Dispose()
    {
        Forget();
        _scratch.Dispose();
    }

    private void Check(ApiOperation operation, IQueryCollection query)
    {
        var parameters = operation.Body is { } body ? [.. operation.Query, .. body.Fields] : operation.Query;
        if (parameters.Count == 0 && query.Count == 0 && _fields.Count == 0)
        {
            return;
        }

        foreach (var (name, values) in query)
        {
            // Addresses are kept in logs and histories: no password or prompt is taken from one, nor does it change what the body says.
            var param = operation.Query.FirstOrDefault(p => p.Name == name) ?? throw KinoraException.Invalid([parameters.Any(p => p.Name == name)
                ? new Fault(name, $"{name} belongs in the body, not in the address.")
                : new Fault("query", operation.Query.Count == 0 ? "This address takes no parameters." : $"The parameters of this address are {string.Join(", ", operation.Query.Select(p => p.Name))}.")
                {
                    Kind = FaultKind.Unknown,
                    Unknown = name,
                }]);
            _fields[name] = FieldText.Read(param, values);
        }

        if (operation.Body?.Files.FirstOrDefault(f => f.Required && Files.All(sent => sent.Field != f.Name)) is { } missing)
        {
            throw KinoraException.Invalid([new Fault(missing.Name, $"{missing.Name} is missing; send it as the file of a multipart form ({missing.Kinds}).") { Kind = FaultKind.Missing }]);
        }

        Arguments = GivenArguments.Read("This request", parameters, operation.Body?.OnlyOneOf ?? [], _fields);
        if (Files.FirstOrDefault(f => _fields.ContainsKey(f.Field)) is { } twice)
        {
            throw KinoraException.Invalid([new Fault(twice.Field, $"{twice.Field} was given both as a file and as a field; give it once.")]);
        }

        var given = operation.Body?.OnlyOneOf.Where(n => _fields.ContainsKey(n) || Files.Any(f => f.Field == n)).ToList();
        if (given is { Count: > 1 })
        {
            throw KinoraException.Invalid([new Fault(given[1], $"Give only one of {string.Join(", ", operation.Body!.OnlyOneOf)}; {given.Count} were given.")]);
        }
    }

    private async Task ReadBodyAsync(ApiBody body, HttpContext context, LargeBodies large)
    {
        var request = context.Request;
        if (request.Headers.ContentEncoding.Count > 0)
        {
            throw new KinoraException(ErrorCodes.BodyUnreadable, "Compressed bodies are not read. Send it as it is.");
        }

        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed : null;
        var media = type?.MediaType.Value?.ToLowerInvariant();
        var limit = body.MaxJsonBytes + (media == Multipart ? body.Files.Sum(f => f.Most * f.MaxBytes) : 0);
        if (request.ContentLength > limit)
        {
            throw FormParts.TooLarge(limit);
        }

        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = limit;
        if (request.ContentLength == 0 || (request.ContentLength is null && !context.Features.Get<IHttpRequestBodyDetectionFeature>()!.CanHaveBody))
        {
            return;
        }

        // Of a form only texts are held in memory.
        _turn = media == Multipart && body.MaxFieldBytes <= LargeBodies.Small ? null : await large.TakeAsync(request, _scratch);
        switch (media)
        {
            case "application/json":
                _turn?.Note(request.Body.Length);
                _json = await JsonBody.ReadAsync(request);
                foreach (var field in _json.RootElement.EnumerateObject())
                {
                    _fields[field.Name] = field.Value;
                }

                break;
            case "application/x-www-form-urlencoded" when body.Form:
                Unfold(body, await FormParts.ReadUrlEncodedAsync(body, request));
                break;
            case Multipart when body.Form && HeaderUtilities.RemoveQuotes(type!.Boundary).Value is { Length: > 0 and <= 70 } boundary:
                Unfold(body, await FormParts.ReadMultipartAsync(body, request, boundary, _scratch));
                break;
            default:
                throw new KinoraException(
                    ErrorCodes.BodyUnreadable, body.Form ? "The body must be application/json, application/x-www-form-urlencoded or multipart/form-data with a boundary; Content-Type says which." : "The body must be JSON, with Content-Type: application/json.");
        }
    }

    private void Unfold(ApiBody body, IReadOnlyDictionary<string, StringValues> texts)
    {
        _turn?.Note(texts.Values.Sum(values => values.Sum(text => text?.Length ?? 0L)));
        FormTree.Unfold(body.Fields, texts, _fields);
    }
}

/// <summary>A file that came in a form, on its scratch place.</summary>
/// <param name="Field">The name of its part.</param>
/// <param name="Path">Gone when the request ends.</param>
/// <param name="Name">As its sender's machine calls it; the last part of it, and nothing to rely on.</param>
internal sealed record SentFile(string Field, string Path, string Name)
{
    public ImageSource.LocalFile Picture => new(Field, Path);
}

/// <summary>The files of one request while it lasts.</summary>
internal sealed class ScratchFiles(IAssetStore assets, IRandomBytes random) : IDisposable
{
    private readonly Lazy<JobId> _folder = new(() => JobId.New(random));
    private readonly List<SentFile> _files = [];

    public IReadOnlyList<SentFile> Files => _files;

    /// <summary>A place for something of the request's own.</summary>
    public string NewPath(string name) => Path.Combine(assets.WorkFolder(_folder.Value), name);

    /// <param name="name">As the sender called it.</param>
    public SentFile Add(string field, string name)
    {
        var file = new SentFile(field, NewPath(FormattableString.Invariant($"upload-{_files.Count}")), name);
        _files.Add(file);
        return file;
    }

    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            assets.ClearWork(_folder.Value);
        }
    }
}
