namespace Kinora.Providers;

/// <summary>How one kind of provider is switched on. Found by scan; one per provider folder.</summary>
public interface IProviderModule
{
    /// <summary>The adapter's id: the value of <c>Providers:&lt;name&gt;:Kind</c>, and the name of the provider that an environment variable alone switches on.</summary>
    string Kind { get; }

    /// <summary>The vendor's usual environment variables. Empty for kinds that exist only by configuration.</summary>
    ProviderEnvironment Environment { get; }

    /// <summary>Every fault of the settings, each naming its setting; empty when they will do.</summary>
    IReadOnlyList<string> Check(ProviderSettings settings);

    /// <summary>Makes the provider. Must not do any I/O.</summary>
    IMediaProvider Create(ProviderSettings settings, IServiceProvider services);
}

/// <summary>Names of environment variables that a vendor's own tools read. Several names: the first that is set counts.</summary>
public sealed record ProviderEnvironment(IReadOnlyList<string> ApiKey, IReadOnlyList<string> BaseUrl)
{
    public static readonly ProviderEnvironment None = new([], []);

    /// <summary>On even when nothing is set (the built-in renderer).</summary>
    public bool AlwaysOn { get; init; }

    /// <summary>Where a key is to be had.</summary>
    public string? KeyPage { get; init; }
}

/// <summary>The settings <c>Providers:&lt;name&gt;:…</c> of one provider.</summary>
public sealed record ProviderSettings
{
    /// <summary>First part of its model ids.</summary>
    public required string Name { get; init; }

    public required string Kind { get; init; }

    /// <summary>Where its API is; null for the vendor's own address.</summary>
    public Uri? BaseUrl { get; init; }

    public string? ApiKey { get; init; }

    /// <summary>The variant of a wire format, where a kind has several.</summary>
    public string? Dialect { get; init; }

    /// <summary>Model names to offer; empty: ask the provider, else pass any name through.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Most calls under way at once, from all machines that share a database together; null for the kind's default.</summary>
    public int? MaxConcurrent { get; init; }

    /// <summary>Shortest pause between two looks at one job, in seconds; null for the kind's default.</summary>
    public double? MinPollSeconds { get; init; }

    /// <summary>How long a create may take until its fate is unknown, in seconds; null for the kind's default.</summary>
    public double? SubmitTimeoutSeconds { get; init; }

    /// <summary>How long a job may run there until it is expired here, in minutes; null for the kind's default.</summary>
    public double? DeadlineMinutes { get; init; }

    /// <summary>Any other keys of the section, for the kind's own options.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    /// <summary>The traits with the operator's own figures put in.</summary>
    public ProviderTraits Apply(ProviderTraits traits) => traits with
    {
        MaxConcurrent = MaxConcurrent ?? traits.MaxConcurrent,
        MinPoll = MinPollSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : traits.MinPoll,
        SubmitTimeout = SubmitTimeoutSeconds is { } submit ? TimeSpan.FromSeconds(submit) : traits.SubmitTimeout,
        Deadline = DeadlineMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : traits.Deadline,
    };
}
